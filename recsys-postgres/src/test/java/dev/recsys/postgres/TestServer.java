package dev.recsys.postgres;

import dev.recsys.testserver.postgres.PostgresServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One server for all tests of this JVM, and an empty migrated database for each that asks. */
final class TestServer {
    /** A role that has what {@link PostgresDatabase#migrate(String)} grants, and may not evade the policies. */
    static final String SERVING_ROLE = "shop_app";

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final PostgresServer SERVER = start();

    private TestServer() {}

    private static PostgresServer start() {
        PostgresServer server = PostgresServer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        String url = server.createDatabase(TEMPLATE);
        server.execute(TEMPLATE, List.of("create role " + SERVING_ROLE + " login"));
        try (PostgresDatabase database = PostgresDatabase.open(url, PostgresServer.SUPERUSER, "")) {
            database.migrate(SERVING_ROLE);
        }
        return server;
    }

    static PostgresServer server() {
        return SERVER;
    }

    /** Returns the address of a database with nothing in it, not even tables. */
    static String emptyDatabase() {
        return SERVER.createDatabase("empty" + COUNT.incrementAndGet());
    }

    /** Returns the address of a database with empty tables. */
    static String newDatabase() {
        return SERVER.createDatabase("test" + COUNT.incrementAndGet(), TEMPLATE);
    }

    /** Opens a database with empty tables in the role that applications have. */
    static PostgresDatabase newDatabaseOpened() {
        return PostgresDatabase.open(newDatabase(), SERVING_ROLE, "");
    }
}
