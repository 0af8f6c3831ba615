package dev.recsys.postgres;

import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.controls.Place;
import dev.recsys.postgres.Change.Author;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Changes what is configured, in the name of a person. Every change is audited and told to all processes in the same
 * transaction. Safe for concurrent use.
 */
public final class ControlEditor {
    private final Transactions transactions;
    private final String actor;

    ControlEditor(Transactions transactions, String actor) {
        this.transactions = transactions;
        this.actor = Remarks.require("actor", actor);
    }

    /** Returns what changes configurations. */
    public DocumentEditor<RankingConfig> configs() {
        return new DocumentEditor<>(transactions, DocumentKind.CONFIG, actor);
    }

    /** Returns what changes rules. */
    public DocumentEditor<RuleSet> rules() {
        return new DocumentEditor<>(transactions, DocumentKind.RULES, actor);
    }

    /** Returns what changes tenants. */
    public TenantEditor tenants() {
        return new TenantEditor(transactions, actor);
    }

    /** Returns what changes items. */
    public ItemEditor items() {
        return new ItemEditor(transactions, actor);
    }

    /**
     * Tells all processes to ask for everything of a place anew: its release, and what is configured. Returns the number of
     * this invalidation, for {@link #applied}.
     *
     * @param reason why, 1 to 500 characters
     * @throws dev.recsys.NotFoundException if there is no such tenant
     */
    public long invalidate(Place place, String reason) {
        Author author = new Author(actor, Remarks.require("reason", reason));
        Change change =
                new Change(UUID.randomUUID(), place.tenant(), place.surface(), "invalidate", "invalidate", author);
        return transactions.write(place.tenant(), change.id(), "Invalidating " + place, connection -> {
            var unused = TenantLock.take(connection, place.tenant());
            change.audit(connection, "", "");
            try (PreparedStatement select =
                    connection.prepareStatement("select max(id) from recsys.feed where tx = pg_current_xact_id()")) {
                ResultSet row = select.executeQuery();
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** Returns which processes have applied an invalidation so far, by name. */
    public List<Applied> applied(Place place, long invalidation) {
        return transactions.read(place.tenant(), "Reading who applied invalidation " + invalidation, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select instance, at from recsys.applied where feed_id = ? order by instance")) {
                select.setLong(1, invalidation);
                ResultSet rows = select.executeQuery();
                List<Applied> applied = new ArrayList<>();
                while (rows.next()) {
                    applied.add(new Applied(
                            rows.getString(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant()));
                }
                return applied;
            }
        });
    }

    /**
     * Removes all that a person did with a tenant from the histories, as {@link PostgresUserHistory#forget} does, without a
     * history that is open: processes that have one drop the person from memory when they hear of it.
     *
     * @param reason why, 1 to 500 characters; it stays in the audit, so it does not name the person
     * @param markFor for how long nothing from before is written again, whoever still has it: as long as any process keeps
     *     histories
     * @return what was removed, and what remains elsewhere
     * @throws dev.recsys.NotFoundException if there is no such tenant
     */
    public Forgotten forget(String tenant, String user, String reason, Duration markFor) {
        return forget(tenant, List.of(user), reason, markFor);
    }

    /**
     * As {@link #forget(String, String, String, Duration)}, with all names that a person has: the id, and those that stand for
     * it in the logs of {@link PostgresEventSink}, as {@link dev.recsys.log.PseudonymKeys#all} tells.
     */
    public Forgotten forget(String tenant, List<String> names, String reason, Duration markFor) {
        String name = Place.of(tenant).tenant();
        if (tenants().find(name).isEmpty()) {
            throw TenantLock.unknown(name);
        }
        return new Erasure(transactions, new OutcomeBounds(markFor, InstantSource.system()))
                .forget(name, names, actor, reason);
    }

    /** Returns the changes of a tenant, the newest first. */
    public List<AuditEntry> audit(String tenant, int most) {
        Remarks.requireCount(most);
        return transactions.read(Place.of(tenant).tenant(), "Reading the audit of " + tenant, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select id, at, tenant, surface, actor, kind, action, before, after, reason, change"
                            + " from recsys.audit where tenant = ? order by id desc limit ?")) {
                select.setString(1, tenant);
                select.setInt(2, most);
                ResultSet rows = select.executeQuery();
                List<AuditEntry> entries = new ArrayList<>();
                while (rows.next()) {
                    entries.add(entry(rows));
                }
                return entries;
            }
        });
    }

    private static AuditEntry entry(ResultSet row) throws java.sql.SQLException {
        return new AuditEntry(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11));
    }
}
