package dev.recsys.proofs.simulate;

import dev.recsys.proofs.simulate.Operation.PassesOver;
import dev.recsys.proofs.simulate.RevisionLog.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whether an operation passed over what somebody decided after it had looked: a blind retry would put an older state back
 * over a newer one, and nothing would be lost, double or dangling.
 */
final class Decisions {
    private static final Set<String> NOBODYS = Set.of("fence", "collect", "pin", "unpin");

    private final World world;
    private final Map<String, Made> made = new HashMap<>();

    Decisions(World world) {
        this.world = world;
    }

    private record Made(Operation operation, int revisionsSeen) {}

    void made(String id, Operation operation, int revisionsSeen) {
        made.put(id, new Made(operation, revisionsSeen));
    }

    void check(List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Made by = made.get(entries.get(i).operation());
            if (by != null && by.revisionsSeen >= 0) {
                checkPassedOver(by, entries.get(i), entries.subList(Math.min(i, by.revisionsSeen), i));
            }
            if (by != null && i > 0) {
                checkLease(by, entries.get(i), entries.get(i - 1));
            }
        }
    }

    private void checkPassedOver(Made by, Entry entry, List<Entry> between) {
        PassesOver passesOver = by.operation.passesOver();
        for (Entry other : between) {
            String kind = other.pointer().operation().kind();
            boolean may = NOBODYS.contains(kind)
                    || passesOver == PassesOver.ANYBODY
                    || (passesOver == PassesOver.OLDER_SHIPS && kind.equals("ship"));
            if (!may) {
                world.broken(entry.operation() + " passed over the " + kind + " of " + other.operation());
            }
        }
    }

    private void checkLease(Made by, Entry entry, Entry before) {
        OptionalLong lease = by.operation.lease();
        if (lease.isPresent() && lease.getAsLong() != before.pointer().release()) {
            world.broken(entry.operation() + " was to replace release " + lease.getAsLong() + " and replaced "
                    + before.pointer().release());
        }
    }
}
