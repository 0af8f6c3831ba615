package dev.recsys.testserver.gcs;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;

/** Runs the fake for local development, until it is interrupted: {@code --port 4443 --bucket recsys}. */
public final class Main {
    private static final String USAGE = "usage: [--port N] [--bucket NAME] [--one-write-a-second] [--racy]";
    private static final int DEFAULT_PORT = 4443;

    private Main() {}

    /** Starts the server and prints the endpoint to use. */
    public static void main(String[] arguments) throws IOException {
        try {
            start(arguments, System.out); // its threads keep the process alive
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (BindException e) {
            System.err.println("testserver gcs: " + e.getMessage());
            System.exit(1);
        }
    }

    static GcsServer start(String[] arguments, PrintStream out) throws IOException {
        int port = DEFAULT_PORT;
        String bucket = "recsys";
        boolean limited = false;
        boolean racy = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--port" -> port = portIn(valueAfter(arguments, i++));
                case "--bucket" -> bucket = bucketIn(valueAfter(arguments, i++));
                case "--one-write-a-second" -> limited = true;
                case "--racy" -> racy = true;
                default -> throw new IllegalArgumentException("unknown argument '" + arguments[i] + "'; " + USAGE);
            }
        }
        GcsServer.Builder server = GcsServer.withBucket(bucket).port(port);
        if (limited) {
            server.oneWriteASecond();
        }
        if (racy) {
            server.racy();
        }
        GcsServer started = started(server, port);
        out.println("a fake of Google Cloud Storage, in memory and for tests only; stop it with Ctrl-C");
        out.println("store: gs://" + bucket + "?endpoint=" + started.endpoint());
        out.flush();
        return started;
    }

    private static GcsServer started(GcsServer.Builder server, int port) throws IOException {
        try {
            return server.start();
        } catch (BindException e) {
            BindException named = new BindException("port " + port + " of 127.0.0.1 cannot be listened on ("
                    + e.getMessage() + "); choose another one with --port, or --port 0 for any that is free");
            named.initCause(e);
            throw named;
        }
    }

    private static String valueAfter(String[] arguments, int i) {
        if (i + 1 == arguments.length) {
            throw new IllegalArgumentException(arguments[i] + " needs a value; " + USAGE);
        }
        return arguments[i + 1];
    }

    private static String bucketIn(String value) {
        if (!value.matches("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")) {
            throw new IllegalArgumentException(
                    "'" + value + "' is no bucket, expected 3 to 222 lower-case letters, digits and"
                            + " . _ - with a letter or digit at both ends; " + USAGE);
        }
        return value;
    }

    private static int portIn(String value) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new IllegalArgumentException("'" + value + "' is no port, expected 0 to 65535; " + USAGE);
        }
        return Integer.parseInt(value);
    }
}
