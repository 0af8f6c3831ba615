package dev.recsys.proofs.simulate;

import dev.recsys.proofs.simulate.Operation.PassesOver;
import dev.recsys.proofs.simulate.RevisionLog.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an operation passed over what somebody decided after it had looked: a blind retry would put an older state back
 * over a newer one, and nothing would be lost, double or dangling.
 */
final class Decisions {
    private static final Set<String> NOBODYS = Set.of("fence", "collect");

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
            if (by == null || by.operation.passesOver() == PassesOver.ANYBODY || by.revisionsSeen < 0) {
                continue;
            }
            for (Entry between : entries.subList(Math.min(i, by.revisionsSeen), i)) {
                String kind = between.pointer().operation().kind();
                boolean may = NOBODYS.contains(kind)
                        || (kind.equals("ship") && by.operation.passesOver() == PassesOver.OLDER_SHIPS);
                if (!may) {
                    world.broken(entries.get(i).operation() + " passed over the " + kind + " of "
                            + between.operation());
                }
            }
        }
    }
}
