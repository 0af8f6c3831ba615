package dev.recsys.postgres;

import dev.recsys.NotFoundException;
import dev.recsys.control.ItemAttributes;
import dev.recsys.controls.ItemAttributesDocument;
import dev.recsys.controls.Place;
import dev.recsys.postgres.Change.Author;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * Changes the items of tenants. A change comes into force as a whole; what the items were before is kept, for replay. Throws
 * what {@link DocumentEditor} says beside what each change names. Safe for concurrent use.
 */
public final class ItemEditor {
    private static final int BATCH = 2_000;

    private final Transactions transactions;
    private final String actor;

    ItemEditor(Transactions transactions, String actor) {
        this.transactions = transactions;
        this.actor = actor;
    }

    /**
     * What a change of items came to.
     *
     * @param version that of all the tenant's items
     * @param items how many there are now
     * @param changed how many were not so before, or are gone; if 0, nothing was written
     */
    public record ItemChange(String version, long items, long changed) {}

    /**
     * Puts these items to those of a tenant, in place of the ones with the same ids. Takes time in proportion to the number
     * of all the tenant's items, and holds them in memory meanwhile: give many at once.
     *
     * @param some each id once, in any order
     * @param reason why, 1 to 500 characters
     * @param progress is told how many of those that differ are written, now and then
     * @throws IllegalArgumentException if an id is there twice, or an item has a time that PostgreSQL does not hold exactly;
     *     nothing changed
     * @throws NotFoundException if there is no such tenant; nothing changed
     */
    public ItemChange upsert(String tenant, Collection<ItemAttributes> some, String reason, IntConsumer progress) {
        return change(tenant, "upsert", some, reason, progress);
    }

    /**
     * Puts exactly these items in place of all those of a tenant; otherwise as {@link #upsert}.
     *
     * @param all each id once, in any order
     */
    public ItemChange replace(String tenant, Collection<ItemAttributes> all, String reason, IntConsumer progress) {
        return change(tenant, "replace", all, reason, progress);
    }

    private ItemChange change(
            String name, String action, Collection<ItemAttributes> given, String reason, IntConsumer progress) {
        String tenant = Place.of(name).tenant();
        List<ItemAttributes> items = requireDistinct(given);
        Author author = new Author(actor, Remarks.require("reason", reason));
        Change change = new Change(UUID.randomUUID(), tenant, "", "items", action, author);
        return transactions.write(tenant, change.id(), "Changing the items of tenant " + tenant, connection -> {
            var unused = TenantLock.take(connection, tenant);
            long revision = ItemRows.revision(connection, tenant).orElse(0) + 1;
            Difference difference =
                    Difference.of(ItemRows.asOf(connection, tenant, revision), items, action.equals("replace"));
            String version = ItemAttributesDocument.etag(difference.after());
            ItemChange result = new ItemChange(version, difference.after().size(), difference.size());
            if (difference.size() > 0) {
                String versionBefore = version(connection, tenant, revision - 1);
                write(connection, tenant, revision, difference, progress);
                record(connection, change, revision, result);
                change.audit(connection, versionBefore, version);
            }
            return result;
        });
    }

    /**
     * What a change comes to.
     *
     * @param after all items afterwards
     * @param ended the ids of those that are in force and will not be, or not as they are
     * @param begun those that will be in force and are not, or not so
     * @param gone how many will not be there any more
     */
    private record Difference(
            Collection<ItemAttributes> after, List<String> ended, List<ItemAttributes> begun, int gone) {
        static Difference of(List<ItemAttributes> before, List<ItemAttributes> given, boolean replaces) {
            Map<String, ItemAttributes> known = new HashMap<>();
            before.forEach(item -> known.put(item.itemId(), item));
            Map<String, ItemAttributes> after = replaces ? new HashMap<>() : new HashMap<>(known);
            List<String> ended = new ArrayList<>();
            List<ItemAttributes> begun = new ArrayList<>();
            for (ItemAttributes item : given) {
                ItemAttributes old = known.get(item.itemId());
                after.put(item.itemId(), item);
                if (!item.equals(old)) {
                    begun.add(item);
                    if (old != null) {
                        ended.add(item.itemId());
                    }
                }
            }
            List<String> gone =
                    known.keySet().stream().filter(id -> !after.containsKey(id)).toList();
            ended.addAll(gone);
            return new Difference(after.values(), ended, begun, gone.size());
        }

        int size() {
            return begun.size() + gone;
        }
    }

    private static List<ItemAttributes> requireDistinct(Collection<ItemAttributes> given) {
        TreeSet<String> ids = new TreeSet<>();
        List<ItemAttributes> items = new ArrayList<>(given.size());
        for (ItemAttributes item : given) {
            if (!ids.add(item.itemId())) {
                throw new IllegalArgumentException(
                        "two items have the id '" + item.itemId() + "'; expected each once. Nothing changed.");
            }
            items.add(ItemRows.requireStorable(item));
        }
        return items;
    }

    private static void write(
            Connection connection, String tenant, long revision, Difference difference, IntConsumer progress)
            throws SQLException {
        for (int from = 0; from < difference.ended().size(); from += BATCH) {
            int to = Math.min(difference.ended().size(), from + BATCH);
            ItemRows.close(connection, tenant, revision, difference.ended().subList(from, to));
        }
        for (int from = 0; from < difference.begun().size(); from += BATCH) {
            int to = Math.min(difference.begun().size(), from + BATCH);
            ItemRows.insert(connection, tenant, revision, difference.begun().subList(from, to));
            progress.accept(to);
        }
    }

    private static String version(Connection connection, String tenant, long revision) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select version from recsys.item_history where tenant = ? and revision = ?")) {
            select.setString(1, tenant);
            select.setLong(2, revision);
            ResultSet row = select.executeQuery();
            return row.next() ? row.getString(1) : "";
        }
    }

    private static void record(Connection connection, Change change, long revision, ItemChange result)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into recsys.item_history"
                        + " (tenant, revision, version, items, changed, actor, reason, change) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, change.tenant());
            insert.setLong(2, revision);
            insert.setString(3, result.version());
            insert.setLong(4, result.items());
            insert.setLong(5, result.changed());
            insert.setString(6, change.by().actor());
            insert.setString(7, change.by().reason());
            insert.setObject(8, change.id());
            insert.executeUpdate();
        }
        try (PreparedStatement point =
                connection.prepareStatement("insert into recsys.item_current (tenant, revision) values (?, ?)"
                        + " on conflict (tenant) do update set revision = excluded.revision")) {
            point.setString(1, change.tenant());
            point.setLong(2, revision);
            point.executeUpdate();
        }
    }
}
