package dev.recsys.postgres;

import java.sql.PreparedStatement;
import java.util.UUID;

/** Records which processes have applied an invalidation. */
final class Applications {
    private Applications() {}

    static void record(Transactions transactions, FleetChange change, String instance) {
        String what = "Recording that invalidation " + change.id() + " was applied";
        var unused = transactions.write(change.tenant(), UUID.randomUUID(), what, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into recsys.applied (feed_id, tenant, instance) values (?, ?, ?) on conflict do nothing")) {
                insert.setLong(1, change.id());
                insert.setString(2, change.tenant());
                insert.setString(3, instance);
                return insert.executeUpdate();
            }
        });
    }
}
