package dev.recsys.postgres;

import dev.recsys.NotFoundException;
import dev.recsys.RefusedException;
import dev.recsys.RefusedException.Refusal;
import dev.recsys.Scope;
import dev.recsys.control.Tenant;
import dev.recsys.control.Tenant.Serving;
import dev.recsys.control.Tenant.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A tenant's row, which whoever changes something of the tenant locks first: changes of one tenant come one by one. */
final class TenantLock {
    private TenantLock() {}

    /** Locks it until the transaction ends. */
    static Tenant take(Connection connection, String tenant) throws SQLException {
        return select(connection, tenant, " for no key update").orElseThrow(() -> unknown(tenant));
    }

    static Optional<Tenant> find(Connection connection, String tenant) throws SQLException {
        return select(connection, tenant, "");
    }

    /**
     * Refuses what would bring something new for a tenant that is suspended.
     *
     * @throws RefusedException with the gate {@code tenant}, if it is
     */
    static void requireActive(Scope scope, Tenant tenant) {
        if (tenant.status() == Status.SUSPENDED) {
            throw new RefusedException(
                    scope,
                    List.of(new Refusal(
                            "tenant",
                            "tenant '" + scope.tenant() + "' is suspended. Activate it: recsys tenant activate "
                                    + scope.tenant() + ".")));
        }
    }

    static NotFoundException unknown(String tenant) {
        return new NotFoundException("There is no tenant '" + tenant
                + "' in the database. Nothing changed. Create it: recsys tenant create " + tenant + ".");
    }

    private static Optional<Tenant> select(Connection connection, String tenant, String lock) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select status, serving from recsys.tenant where tenant = ?" + lock)) {
            select.setString(1, tenant);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(tenant(row.getString(1), row.getString(2))) : Optional.empty();
        }
    }

    static Tenant tenant(String status, String serving) {
        return new Tenant(
                Status.valueOf(status.toUpperCase(Locale.ROOT)), Serving.valueOf(serving.toUpperCase(Locale.ROOT)));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
