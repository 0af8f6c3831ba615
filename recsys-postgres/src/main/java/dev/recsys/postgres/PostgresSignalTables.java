package dev.recsys.postgres;

import dev.recsys.ConflictException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.Scope;
import dev.recsys.StoreUnavailableException;
import dev.recsys.postgres.Change.Author;
import dev.recsys.sums.DaySums;
import dev.recsys.sums.Replacement;
import dev.recsys.sums.SignalTables;
import dev.recsys.sums.SumsReader;
import dev.recsys.sums.TablesState;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Sums of days in PostgreSQL. Every replacement is one transaction under the tenant's lock, is audited, and thereby told to
 * all processes, as {@code signals}. Other changes of the tenant wait for it; readings and requests do not.
 *
 * <p>Throws beside what {@link SignalTables} says: {@link dev.recsys.NotFoundException} if the tables are to be made first,
 * or a replacement is for a tenant that is not in the database, and {@link dev.recsys.RefusedException} if that tenant is
 * suspended. Getting a connection takes its own time beside a call's timeout, at most 5 seconds with the pool of {@link
 * PostgresDatabase#open}.
 */
public final class PostgresSignalTables implements SignalTables {
    private static final String KIND = "signals";

    private final PostgresDatabase database;
    private final Author author;

    PostgresSignalTables(PostgresDatabase database, Author author) {
        this.database = database;
        this.author = author;
    }

    @Override
    public String location() {
        return database.location();
    }

    @Override
    public Optional<TablesState> state(Scope scope, Duration timeout) {
        Deadline deadline = Deadline.in(timeout, System::nanoTime);
        return transactions(deadline)
                .read(
                        scope.tenant(),
                        "Asking for the tables of " + scope,
                        connection -> SignalRows.state(connection, scope));
    }

    @Override
    public <T> Optional<T> read(Scope scope, Function<SumsReader, T> reading, Duration timeout) {
        Deadline deadline = Deadline.in(timeout, System::nanoTime);
        return transactions(deadline)
                .readOnce(
                        scope.tenant(),
                        "Reading the tables of " + scope,
                        connection -> SignalRows.state(connection, scope)
                                .map(state -> reading.apply(new SumsSnapshot(connection, scope, state, deadline))));
    }

    @Override
    public TablesState replace(Scope scope, Replacement replacement, Duration timeout) {
        Deadline deadline = Deadline.in(timeout, System::nanoTime);
        UUID id = changeOf(scope, replacement);
        Change change = new Change(id, scope.tenant(), scope.surface(), KIND, "fill", author);
        try {
            return transactions(deadline).write(scope.tenant(), id, "Filling the tables of " + scope, connection -> {
                TenantLock.requireActive(scope, TenantLock.take(connection, scope.tenant()));
                Optional<TablesState> before = requireExpected(connection, scope, replacement);
                put(connection, scope, replacement, deadline);
                TablesState after = SignalRows.state(connection, scope).orElseThrow();
                change.audit(connection, before.map(PostgresSignalTables::text).orElse(""), text(after));
                return after;
            });
        } catch (OutcomeUnknownException e) {
            throw new StoreUnavailableException(
                    "Whether the tables of " + scope + " in " + location() + " were filled is not known: the connection"
                            + " was lost while it was committed. They were if their state has the id "
                            + replacement.id() + ".",
                    e);
        }
    }

    private Transactions transactions(Deadline deadline) {
        return database.transactions().taking(deadline.timeout());
    }

    /** Ids that are no UUIDs are given one. */
    private static UUID changeOf(Scope scope, Replacement replacement) {
        String id = replacement.id();
        return id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? UUID.fromString(id)
                : UUID.nameUUIDFromBytes((scope + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<TablesState> requireExpected(Connection connection, Scope scope, Replacement replacement)
            throws SQLException {
        Optional<TablesState> before = SignalRows.state(connection, scope);
        long revision = before.map(TablesState::revision).orElse(0L);
        if (revision != replacement.expected()) {
            throw new ConflictException("The tables of " + scope + " were not filled: expected revision "
                    + replacement.expected() + ", found " + revision
                    + before.map(state -> ", filled at " + state.filledAt()).orElse("")
                    + ". Another one filled them meanwhile. Nothing changed.");
        }
        return before;
    }

    private static void put(Connection connection, Scope scope, Replacement replacement, Deadline deadline)
            throws SQLException {
        SignalRows.put(connection, scope, replacement);
        for (SumTable table : SumTable.values()) {
            deadline.arm(connection);
            SignalRows.remove(connection, table.delete(), scope, replacement);
        }
        SignalRows.remove(connection, "delete from recsys.signal_day" + SignalRows.GOING, scope, replacement);
        for (DaySums sums : replacement.days()) {
            SignalRows.putDay(connection, scope, sums.figures());
            putSums(new SumBatch.Target(connection, scope, sums.figures().day(), deadline), sums);
        }
        deadline.arm(connection);
    }

    private static void putSums(SumBatch.Target target, DaySums sums) throws SQLException {
        SumBatch.write(
                target,
                SumTable.POPULARITY,
                batch -> sums.popularity(row -> batch.add(row.segment(), row.item(), row.amount(), row.events())));
        SumBatch.write(target, SumTable.ITEMS, batch -> sums.items(row -> batch.add(row.item(), row.share())));
        SumBatch.write(
                target,
                SumTable.PAIRS,
                batch -> sums.pairs(row -> batch.add(row.item(), row.neighbour(), row.share(), row.sessions())));
    }

    private static String text(TablesState state) {
        return "revision " + state.revision() + ", " + state.days().firstKey() + " to "
                + state.days().lastKey();
    }
}
