package dev.recsys.proofs.kill;

import dev.recsys.OutcomeUnknownException;
import dev.recsys.RecsysException;
import dev.recsys.proofs.GroundTruth;
import dev.recsys.proofs.Judge;
import dev.recsys.proofs.SurfaceWatch;
import dev.recsys.proofs.Told;
import dev.recsys.proofs.Verdict;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Resolution;
import dev.recsys.publish.ShipRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what processes wrote into their journals, and puts it before the judges: one for each surface. */
final class Evidence {
    private final Scene scene;
    private final Coverage coverage;
    private final List<Judge> judges = new ArrayList<>(); // [surface - 1]
    private final List<SurfaceWatch> watches = new ArrayList<>(); // [surface - 1]
    private final Map<String, Integer> surfaceOf = new HashMap<>();
    private final Map<String, String> unknown = new LinkedHashMap<>();
    private final Map<String, Integer> operations = new TreeMap<>();
    private final Map<String, List<Long>> lastServed = new HashMap<>();
    private int served;

    Evidence(Scene scene, GroundTruth truth, Coverage coverage) {
        this.scene = scene;
        this.coverage = coverage;
        Scene.surfaces().forEach(surface -> {
            Judge judge = new Judge();
            judges.add(judge);
            watches.add(new SurfaceWatch(truth, scene.builds(), Scene.surface(surface), judge));
        });
    }

    /** Takes what a process wrote since the last time. */
    void take(Child child) throws IOException {
        for (List<String> line : child.newLines()) {
            switch (line.get(0)) {
                case Journal.BEGUN -> begun(child, line);
                case Journal.TOLD -> told(child, line);
                case Journal.CALLS -> coverage.committed(line.get(1), Integer.parseInt(line.get(2)));
                case Journal.HALTS -> child.halted(Step.parse(line.get(1)));
                case Journal.SERVED -> served(child.name(), line);
                case Journal.TORN -> judges.get(0).torn(child.name() + ": " + line.get(1));
                default -> throw new IllegalStateException("a journal of " + child.name() + " has the line " + line);
            }
        }
    }

    private void begun(Child child, List<String> line) {
        child.begun(line.get(1));
        operations.merge(line.get(2), 1, Integer::sum);
        surfaceOf.put(line.get(1), Integer.parseInt(line.get(3)));
    }

    private void told(Child child, List<String> line) {
        String operation = line.get(1);
        Told told = Told.valueOf(line.get(2));
        child.told(operation);
        if (told == Told.UNKNOWN) {
            unknown.put(operation, line.get(3));
        } else {
            unknown.remove(operation);
        }
        judgeOf(operation).told(operation, told);
    }

    private Judge judgeOf(String operation) {
        return judges.get(surfaceOf.getOrDefault(operation, 1) - 1);
    }

    private void served(String reader, List<String> line) throws IOException {
        int surface = Integer.parseInt(line.get(1));
        long epoch = Long.parseLong(line.get(2));
        long seq = Long.parseLong(line.get(3));
        List<Long> last = lastServed.put(reader + "/" + surface, List.of(epoch, seq));
        if (last != null && (epoch < last.get(0) || (epoch == last.get(0) && seq < last.get(1)))) {
            judges.get(surface - 1).regressed(reader + " served revision " + epoch + "/" + seq + " after " + last);
        }
        watches.get(surface - 1).served(reader, epoch, seq, Long.parseLong(line.get(4)), line.get(5), line.get(6));
        served++;
    }

    /** Reads what became of the registers, and whether everything is there that they name. */
    void lookAtTheStore() {
        for (SurfaceWatch watch : watches) {
            watch.lookForDangling();
        }
    }

    /**
     * When every process is dead: finds out what became of what is unknown, and ships to every surface once more.
     *
     * @return how many outcomes were unknown
     */
    int close(List<String> failures) {
        int open = unknown.size();
        try (ManifestPublisher publisher = ManifestPublisher.open(scene.open(), "parent")) {
            unknown.forEach((operation, handle) -> resume(publisher, operation, handle, failures));
            Scene.surfaces().forEach(surface -> shipAgain(publisher, surface, failures));
        }
        lookAtTheStore();
        for (SurfaceWatch watch : watches) {
            watch.compareHistory();
        }
        return open;
    }

    private void resume(ManifestPublisher publisher, String operation, String handle, List<String> failures) {
        try {
            Resolution resolution = publisher.resume(handle);
            judgeOf(operation).told(operation, Told.by(resolution));
        } catch (RecsysException e) {
            failures.add(operation + " cannot be resumed: " + e.getMessage());
        }
    }

    private void shipAgain(ManifestPublisher publisher, int surface, List<String> failures) {
        String operation = "op-parent-" + surface;
        try {
            publisher.unhold("acme", Scene.surface(surface).surface(), operation + "-unhold");
            publisher.ship(ShipRequest.of(Scene.surface(surface), scene.build(Scene.wholeBuild(surface, 0)), operation)
                    .createSurface()
                    .overrideAll());
        } catch (OutcomeUnknownException e) {
            failures.add("a ship without any fault is unknown: " + e.getMessage());
        } catch (RecsysException e) {
            failures.add("surface " + surface + " cannot be shipped to: " + e.getMessage());
        }
    }

    Verdict verdict() {
        return judges.stream().map(Judge::verdict).reduce(Verdict.NONE, Verdict::plus);
    }

    Map<String, Integer> operations() {
        return operations;
    }

    long revisions() {
        return watches.stream().mapToLong(SurfaceWatch::revisions).sum();
    }

    int served() {
        return served;
    }
}
