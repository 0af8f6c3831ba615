package dev.recsys.postgres;

import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.RecsysException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbered steps that make the tables, run by Flyway: one process at a time, each step in a transaction. */
final class Migrations {
    private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final String PLACE = "classpath:dev/recsys/postgres/migrations";

    private final DataSource source;

    Migrations(DataSource source) {
        this.source = source;
    }

    int migrate() {
        return flyway(flyway -> {
            requireNotNewer(flyway);
            int steps = flyway.migrate().migrationsExecuted;
            log.info("tables of recsys are up to date, {} steps done", steps);
            return steps;
        });
    }

    void requireCurrent() {
        int unused = flyway(flyway -> {
            requireNotNewer(flyway);
            int pending = flyway.info().pending().length;
            if (pending > 0) {
                throw new NotFoundException("The tables of recsys are not there or too old: " + pending
                        + " steps are to be done. Run: recsys db migrate.");
            }
            return pending;
        });
    }

    /** What is done with Flyway. */
    private interface Step {
        int with(Flyway flyway);
    }

    private int flyway(Step step) {
        try {
            Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .schemas(PostgresDatabase.SCHEMA)
                    .locations(PLACE)
                    .placeholderReplacement(false)
                    .cleanDisabled(true)
                    .load();
            return step.with(flyway);
        } catch (FlywayException e) {
            throw failed(e);
        }
    }

    private static RecsysException failed(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return SqlFailures.notCommitted("Preparing the tables of recsys", sql);
            }
        }
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new StoreUnavailableException(
                "The tables of recsys could not be prepared: " + reason + ". Run it again when that is mended.", e);
    }

    private static void requireNotNewer(Flyway flyway) {
        Optional<MigrationVersion> known = newest(flyway, true);
        Optional<MigrationVersion> applied = newest(flyway, false);
        if (applied.isPresent() && known.isPresent() && applied.get().compareTo(known.get()) > 0) {
            throw new NewerFormatException("The tables of recsys are of version " + applied.get()
                    + ", this library knows version " + known.get()
                    + " and older. Nothing changed. Use a newer version of recsys here.");
        }
    }

    private static Optional<MigrationVersion> newest(Flyway flyway, boolean known) {
        return Arrays.stream(flyway.info().all())
                .filter(step -> known ? isKnown(step) : step.getState().isApplied())
                .flatMap(step -> Optional.ofNullable(step.getVersion()).stream()) // making the schema has none
                .max(Comparator.naturalOrder());
    }

    private static boolean isKnown(MigrationInfo step) {
        return step.getState().isResolved();
    }

    /** Grants what serving and editing need. */
    void grantTo(String role) {
        try (Connection connection = source.getConnection();
                PreparedStatement grant = connection.prepareStatement("call recsys.grant_to(?)")) {
            grant.setString(1, role);
            grant.execute();
            requireGranted(connection, role);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw SqlFailures.notCommitted("Granting to the role '" + role + "'", e);
        }
    }

    /** PostgreSQL only warns of a grant by somebody who may not grant. */
    private static void requireGranted(Connection connection, String role) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select has_table_privilege(?, 'recsys.audit', 'insert')")) {
            select.setString(1, role);
            ResultSet row = select.executeQuery();
            row.next();
            if (!row.getBoolean(1)) {
                throw new StoreDeniedException("Role '" + role
                        + "' was granted nothing: only the owner of the tables can do that. The tables are up to date; run"
                        + " this as the user who made them.");
            }
        }
    }
}
