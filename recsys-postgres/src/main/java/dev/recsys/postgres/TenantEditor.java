package dev.recsys.postgres;

import dev.recsys.ConflictException;
import dev.recsys.NotFoundException;
import dev.recsys.control.Tenant;
import dev.recsys.control.Tenant.Serving;
import dev.recsys.control.Tenant.Status;
import dev.recsys.controls.Place;
import dev.recsys.postgres.Change.Author;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Changes the tenants. Throws what {@link DocumentEditor} says beside what each change names. Safe for concurrent use.
 */
public final class TenantEditor {
    private final Transactions transactions;
    private final String actor;

    TenantEditor(Transactions transactions, String actor) {
        this.transactions = transactions;
        this.actor = actor;
    }

    /** Returns all tenants, by name. */
    public List<TenantEntry> list() {
        return transactions.read(Transactions.OPERATOR, "Listing the tenants", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select tenant, status, serving, created_at from recsys.tenant order by tenant");
                    ResultSet rows = select.executeQuery()) {
                List<TenantEntry> tenants = new ArrayList<>();
                while (rows.next()) {
                    tenants.add(new TenantEntry(
                            rows.getString(1),
                            TenantLock.tenant(rows.getString(2), rows.getString(3)),
                            rows.getObject(4, OffsetDateTime.class).toInstant()));
                }
                return tenants;
            }
        });
    }

    /** Returns a tenant, if it is there. */
    public Optional<Tenant> find(String name) {
        String tenant = Place.of(name).tenant();
        return transactions.read(tenant, "Reading tenant " + tenant, connection -> TenantLock.find(connection, tenant));
    }

    /**
     * Creates a tenant, active and served out of artifacts.
     *
     * @param reason why, 1 to 500 characters
     * @throws ConflictException if it is there already; nothing changed
     * @throws IllegalArgumentException if the name is not valid, see {@link dev.recsys.Scope}
     */
    public void create(String name, String reason) {
        String tenant = Place.of(name).tenant();
        Change change = change(tenant, "create", reason);
        var unused = transactions.write(tenant, change.id(), "Creating tenant " + tenant, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into recsys.tenant (tenant, status, serving) values (?, ?, ?) on conflict do nothing")) {
                insert.setString(1, tenant);
                insert.setString(2, TenantLock.word(Tenant.ACTIVE.status()));
                insert.setString(3, TenantLock.word(Tenant.ACTIVE.serving()));
                if (insert.executeUpdate() == 0) {
                    throw new ConflictException("Tenant '" + tenant + "' is there already. Nothing changed.");
                }
            }
            change.audit(connection, "", text(Tenant.ACTIVE));
            return tenant;
        });
    }

    /**
     * Says whether a tenant is served; returns what holds now. If that holds already, nothing changes.
     *
     * @param reason why, 1 to 500 characters
     * @throws NotFoundException if there is no such tenant
     */
    public Tenant set(String name, Status status, String reason) {
        String action = status == Status.ACTIVE ? "activate" : "suspend";
        return set(name, action, reason, before -> new Tenant(status, before.serving()));
    }

    /**
     * Says where a tenant's recommendations come from; returns what holds now. If that holds already, nothing changes.
     *
     * @param reason why, 1 to 500 characters
     * @throws NotFoundException if there is no such tenant
     */
    public Tenant set(String name, Serving serving, String reason) {
        return set(
                name, "serve-from-" + TenantLock.word(serving), reason, before -> new Tenant(before.status(), serving));
    }

    private Tenant set(String name, String action, String reason, UnaryOperator<Tenant> next) {
        String tenant = Place.of(name).tenant();
        Change change = change(tenant, action, reason);
        return transactions.write(tenant, change.id(), "Changing tenant " + tenant, connection -> {
            Tenant before = TenantLock.take(connection, tenant);
            Tenant after = next.apply(before);
            if (!after.equals(before)) {
                update(connection, tenant, after);
                change.audit(connection, text(before), text(after));
            }
            return after;
        });
    }

    private static void update(Connection connection, String name, Tenant tenant) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update recsys.tenant set status = ?, serving = ? where tenant = ?")) {
            update.setString(1, TenantLock.word(tenant.status()));
            update.setString(2, TenantLock.word(tenant.serving()));
            update.setString(3, name);
            update.executeUpdate();
        }
    }

    private Change change(String tenant, String action, String reason) {
        Author author = new Author(actor, Remarks.require("reason", reason));
        return new Change(UUID.randomUUID(), tenant, "", "tenant", action, author);
    }

    private static String text(Tenant tenant) {
        return TenantLock.word(tenant.status()) + ", from " + TenantLock.word(tenant.serving());
    }
}
