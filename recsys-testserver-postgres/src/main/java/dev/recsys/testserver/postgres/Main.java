package dev.recsys.testserver.postgres;

import java.util.concurrent.CountDownLatch;

/** Runs a server until it is told to end; {@code testserver postgres}. */
final class Main {
    private static final int DEFAULT_PORT = 5433;
    private static final String DATABASE = "recsys";

    private Main() {}

    /**
     * Starts a server with an empty database.
     *
     * @param args {@code --port N}, or nothing
     */
    public static void main(String[] args) throws InterruptedException {
        int port = port(args);
        PostgresServer server = PostgresServer.start(port);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "recsys-postgres-stop"));
        String url = server.createDatabase(DATABASE);
        System.out.println(
                "PostgreSQL runs at " + url + " for the user " + PostgresServer.SUPERUSER + ", without a password.");
        System.out.println("Its data are gone when it ends. End it with Ctrl-C.");
        System.out.flush();
        new CountDownLatch(1).await(); // until the process is told to end
    }

    private static int port(String[] args) {
        if (args.length == 0) {
            return DEFAULT_PORT;
        }
        if (args.length == 2 && args[0].equals("--port") && args[1].matches("[0-9]{1,5}")) {
            return Integer.parseInt(args[1]);
        }
        System.err.println("usage: testserver postgres [--port " + DEFAULT_PORT + "]");
        System.exit(2);
        return DEFAULT_PORT;
    }
}
