package dev.recsys.testserver.s3;

import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs the server until it is stopped: {@code --port 9000 --bucket recsys}. */
public final class Main {
    private static final int DEFAULT_PORT = 9000;
    private static final String DEFAULT_BUCKET = "recsys";
    private static final int USAGE = 2;
    private static final int FAILED = 1;

    private Main() {}

    /** Starts the server and says how to use it. */
    public static void main(String[] arguments) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            return;
        }
        S3Server server;
        try {
            server = S3Server.start(options.port(), options.buckets());
        } catch (IllegalStateException e) {
            System.err.println(whyNotStarted(e, options.port()));
            System.exit(FAILED);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-s3-server"));
        System.out.println(greeting(server, options.buckets()));
        new CountDownLatch(1).await();
    }

    static String whyNotStarted(IllegalStateException failure, int port) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "testserver s3: port " + port + " of 127.0.0.1 cannot be listened on (" + cause.getMessage()
                        + "); choose another one with --port, or --port 0 for any that is free";
            }
        }
        return "testserver s3: " + failure.getMessage();
    }

    static String greeting(S3Server server, List<String> buckets) {
        StringBuilder text = new StringBuilder("An S3 server in memory at " + server.endpoint()
                + ", for tests and development only. Everything is gone when it stops.\n"
                + "export AWS_ACCESS_KEY_ID=" + S3Server.ACCESS_KEY + "\n"
                + "export AWS_SECRET_ACCESS_KEY=" + S3Server.SECRET_KEY);
        for (String bucket : buckets) {
            text.append("\n--store 's3://")
                    .append(bucket)
                    .append("?region=")
                    .append(S3Server.REGION)
                    .append("&endpoint=")
                    .append(server.endpoint())
                    .append('\'');
        }
        return text.toString();
    }

    /**
     * What the command line says.
     *
     * @param port where to listen; 0 for any that is free
     * @param buckets the buckets to make
     */
    record Options(int port, List<String> buckets) {
        static Options parse(List<String> arguments) {
            int port = DEFAULT_PORT;
            List<String> buckets = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i += 2) {
                String option = arguments.get(i);
                if (i + 1 == arguments.size() || !(option.equals("--port") || option.equals("--bucket"))) {
                    throw new IllegalArgumentException("'" + option
                            + "' is not understood; expected --port NUMBER and --bucket NAME (repeatable)");
                }
                if (option.equals("--port")) {
                    port = portOf(arguments.get(i + 1));
                } else {
                    buckets.add(bucketOf(arguments.get(i + 1)));
                }
            }
            return new Options(port, buckets.isEmpty() ? List.of(DEFAULT_BUCKET) : List.copyOf(buckets));
        }

        private static String bucketOf(String text) {
            if (!text.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not the name of a bucket; expected 3 to 63 lower-case"
                                + " letters, digits, dots and hyphens");
            }
            return text;
        }

        private static int portOf(String text) {
            if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
                throw new IllegalArgumentException("'" + text + "' is not a port; expected a number from 0 to 65535");
            }
            return Integer.parseInt(text);
        }
    }
}
