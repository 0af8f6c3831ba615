package dev.recsys.postgres;

import dev.recsys.control.ItemAttributes;
import dev.recsys.controls.ItemAttributesDocument;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rows of a tenant's items, within a transaction. */
final class ItemRows {
    private static final int FETCHED_AT_ONCE = 5_000;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final String CLOSE = "update recsys.item set until_revision = ?"
            + " where tenant = ? and until_revision is null and item = any(?)";
    private static final String INSERT = "insert into recsys.item"
            + " (tenant, item, from_revision, brand, categories, tags, price, available, created_at)"
            + " select ?, x.item, ?, x.brand, coalesce(x.categories, '{}'), coalesce(x.tags, '{}'), x.price,"
            + " coalesce(x.available, true), x.created_at from json_to_recordset(?::json) as x(item text, brand text,"
            + " categories text[], tags text[], price double precision, available boolean, created_at timestamptz)";

    private ItemRows() {}

    /**
     * Refuses what PostgreSQL would change.
     *
     * @throws IllegalArgumentException if the item was created at a time that it does not hold exactly
     */
    static ItemAttributes requireStorable(ItemAttributes item) {
        item.createdAt().ifPresent(at -> {
            if (!at.truncatedTo(ChronoUnit.MICROS).equals(at) || at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
                throw new IllegalArgumentException(
                        "item '" + item.itemId() + "': created_at is " + at
                                + ", which PostgreSQL does not hold exactly; expected whole microseconds, in the years 1 to 9999");
            }
        });
        return item;
    }

    /** Returns the revision in force; empty if the tenant never had items. */
    static OptionalLong revision(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select revision from recsys.item_current where tenant = ?")) {
            select.setString(1, tenant);
            ResultSet row = select.executeQuery();
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    /** Returns the items as of a revision, in the order of their ids as Java has it. */
    static List<ItemAttributes> asOf(Connection connection, String tenant, long revision) throws SQLException {
        String sql = "select item, brand, categories, tags, price, available, created_at from recsys.item"
                + " where tenant = ? and from_revision <= ? and (until_revision is null or until_revision > ?)";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, tenant);
            select.setLong(2, revision);
            select.setLong(3, revision);
            select.setFetchSize(FETCHED_AT_ONCE);
            List<ItemAttributes> items = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    items.add(item(rows));
                }
            }
            items.sort((one, other) -> one.itemId().compareTo(other.itemId()));
            return Collections.unmodifiableList(items);
        }
    }

    private static ItemAttributes item(ResultSet row) throws SQLException {
        double price = row.getDouble(5);
        OptionalDouble known = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(price);
        return new ItemAttributes(
                row.getString(1),
                Optional.ofNullable(row.getString(2)),
                labels(row.getArray(3)),
                labels(row.getArray(4)),
                known,
                row.getBoolean(6),
                Optional.ofNullable(row.getObject(7, OffsetDateTime.class)).map(OffsetDateTime::toInstant));
    }

    private static SortedSet<String> labels(Array array) throws SQLException {
        return new TreeSet<>(Arrays.asList((String[]) array.getArray()));
    }

    /** Ends, as of a revision, what is in force of these items. */
    static void close(Connection connection, String tenant, long revision, Collection<String> ids) throws SQLException {
        try (PreparedStatement close = connection.prepareStatement(CLOSE)) {
            close.setLong(1, revision);
            close.setString(2, tenant);
            close.setArray(3, connection.createArrayOf("text", ids.toArray()));
            close.executeUpdate();
        }
    }

    /** Puts items in force as of a revision; nothing of them is in force. */
    static void insert(Connection connection, String tenant, long revision, Collection<ItemAttributes> items)
            throws SQLException {
        String json = items.stream().map(ItemAttributesDocument::write).collect(Collectors.joining(",", "[", "]"));
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, tenant);
            insert.setLong(2, revision);
            insert.setString(3, json);
            insert.executeUpdate();
        }
    }
}
