package dev.recsys.postgres;

import dev.recsys.Scope;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.Tenant;
import dev.recsys.control.Versioned;
import dev.recsys.controls.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is configured for a tenant, all of it as of one moment. */
final class TenantReader {
    private static final Duration ITEMS_MAY_TAKE = Duration.ofMinutes(5);

    private final Transactions transactions;

    TenantReader(Transactions transactions) {
        this.transactions = transactions.taking(ITEMS_MAY_TAKE);
    }

    /**
     * Reads what is configured.
     *
     * @param before what was read before, or {@link TenantState#NOTHING}: what has not changed is not read again
     * @param mostItems the largest number of items that may be read
     */
    TenantState read(String tenant, TenantState before, long mostItems) {
        return transactions.read(tenant, "Reading what is configured for tenant " + tenant, connection -> {
            Optional<Tenant> found = TenantLock.find(connection, tenant);
            return new TenantState(
                    found.equals(Optional.of(before.tenant())) ? before.tenant() : found.orElse(Tenant.ACTIVE),
                    documents(connection, tenant, DocumentKind.CONFIG, before.configs()),
                    documents(connection, tenant, DocumentKind.RULES, before.rules()),
                    items(connection, tenant, before.items(), mostItems));
        });
    }

    private static <T> Map<String, Versioned<T>> documents(
            Connection connection, String tenant, DocumentKind<T> kind, Map<String, Versioned<T>> before)
            throws SQLException {
        Map<String, String> versions = new HashMap<>(); // by surface
        try (PreparedStatement select =
                connection.prepareStatement("select surface, version from recsys.document_current"
                        + " join recsys.document_history using (tenant, kind, surface, revision)"
                        + " where tenant = ? and kind = ? and version is not null")) {
            select.setString(1, tenant);
            select.setString(2, kind.name());
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getString(2));
            }
        }
        Map<String, Versioned<T>> documents = new HashMap<>();
        for (Map.Entry<String, String> entry : versions.entrySet()) {
            Versioned<T> known = before.get(entry.getKey());
            boolean same = known != null && known.version().equals(entry.getValue());
            documents.put(entry.getKey(), same ? known : document(connection, tenant, kind, entry.getValue()));
        }
        return documents;
    }

    private static <T> Versioned<T> document(Connection connection, String tenant, DocumentKind<T> kind, String version)
            throws SQLException {
        T value = new DocumentRows<>(kind)
                .document(connection, tenant, version)
                .orElseThrow(() -> new IllegalStateException(
                        kind.title() + " of tenant " + tenant + " in version " + version + " is gone"));
        return new Versioned<>(version, value);
    }

    private static Versioned<List<ItemAttributes>> items(
            Connection connection, String tenant, Versioned<List<ItemAttributes>> before, long mostItems)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select revision, version, items from recsys.item_current"
                        + " join recsys.item_history using (tenant, revision) where tenant = ?")) {
            select.setString(1, tenant);
            ResultSet row = select.executeQuery();
            if (!row.next()) {
                return TenantState.NOTHING.items();
            }
            String version = row.getString(2);
            if (version.equals(before.version())) {
                return before;
            }
            if (row.getLong(3) > mostItems) {
                throw new IllegalStateException("tenant " + tenant + " has " + row.getLong(3) + " items; at most "
                        + mostItems + " are taken into memory, see PostgresControls.Builder.maxItems");
            }
            return new Versioned<>(version, ItemRows.asOf(connection, tenant, row.getLong(1)));
        }
    }

    /** Returns a document that was in force once. */
    <T> Optional<T> version(Scope scope, DocumentKind<T> kind, String version) {
        return new DocumentEditor<>(transactions, kind, "reader").version(Place.of(scope), version);
    }

    /** Returns the items as they were once. */
    Optional<List<ItemAttributes>> items(Scope scope, String version) {
        if (version.equals(TenantState.NOTHING.items().version())) {
            return Optional.of(List.of());
        }
        if (!DocumentEditor.isVersion(version)) {
            return Optional.empty();
        }
        return transactions.read(scope.tenant(), "Reading items of tenant " + scope.tenant(), connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select max(revision) from recsys.item_history where tenant = ? and version = ?")) {
                select.setString(1, scope.tenant());
                select.setString(2, version);
                ResultSet row = select.executeQuery();
                row.next();
                long revision = row.getLong(1);
                return row.wasNull()
                        ? Optional.empty()
                        : Optional.of(ItemRows.asOf(connection, scope.tenant(), revision));
            }
        });
    }
}
