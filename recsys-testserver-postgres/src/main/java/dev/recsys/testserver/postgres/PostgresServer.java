package dev.recsys.testserver.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of its own, as processes of this machine: the real one. Its files are in a temporary folder and gone
 * when it is closed. It can be stopped and killed, and started again with the same data at the same port.
 *
 * <p>It does not sync its disk, so that it starts quickly: a power loss is not for it. Not safe for concurrent use.
 */
public final class PostgresServer implements AutoCloseable {
    /** The server's superuser, who needs no password. */
    public static final String SUPERUSER = "postgres";

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private @Nullable EmbeddedPostgres running;

    private PostgresServer(Path folder, EmbeddedPostgres running) {
        this.folder = folder;
        this.port = running.getPort();
        this.running = running;
    }

    /** Starts a server at a free port. */
    public static PostgresServer start() {
        return start(0);
    }

    /**
     * Starts a server.
     *
     * @param port where it listens, on this machine alone; 0 for any that is free
     */
    public static PostgresServer start(int port) {
        try {
            Path folder = Files.createTempDirectory("recsys-postgres-");
            return new PostgresServer(folder, run(folder, port));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    private static EmbeddedPostgres run(Path folder, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on") // or what was committed is lost when it is killed
                .setServerConfig("max_connections", "200")
                .setPGStartupWait(STARTS_WITHIN)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD);
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }

    /** Returns the port. */
    public int port() {
        return port;
    }

    /** Returns the address of a database, whether it exists or not. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Creates a database and returns its address. */
    public String createDatabase(String name) {
        execute("postgres", List.of("create database \"" + name + "\""));
        return url(name);
    }

    /** Creates a database as a copy of another, which nobody is connected to, and returns its address. */
    public String createDatabase(String name, String template) {
        execute("postgres", List.of("create database \"" + name + "\" template \"" + template + "\""));
        return url(name);
    }

    /** Runs statements in a database, as the superuser. */
    public void execute(String database, List<String> statements) {
        try (Connection connection = DriverManager.getConnection(url(database), SUPERUSER, "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + e.getMessage(), e);
        }
    }

    /** Returns whether it runs, as far as this object knows. */
    public boolean isRunning() {
        return running != null;
    }

    /** Ends all connections and the server; what was committed is kept. Does nothing if it does not run. */
    public void stop() {
        EmbeddedPostgres server = running;
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        } finally {
            running = null;
        }
    }

    /** Lets the server die in the midst of what it does, as a crash would; it recovers when it is started again. */
    public void kill() {
        if (running == null) {
            return;
        }
        try {
            long pid = Long.parseLong(Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"))
                    .get(0)
                    .trim());
            ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
            var unused = server.onExit().join();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be killed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop();
    }

    /** Starts the server again after {@link #stop} or {@link #kill}, with its data, at the same port. */
    public void restart() {
        if (running != null) {
            throw new IllegalStateException("the server runs already");
        }
        try {
            running = run(folder, port);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start again", e);
        }
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete " + folder, e);
        }
    }
}
