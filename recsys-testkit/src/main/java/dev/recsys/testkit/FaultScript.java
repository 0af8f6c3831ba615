package dev.recsys.testkit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides which fault, and which of the test's hooks, a call meets; and counts the calls. Thread-safe. */
final class FaultScript {
    private final Map<StoreCall, Integer> counts = new EnumMap<>(StoreCall.class);
    private final List<Step<Fault>> faults = new ArrayList<>();
    private final List<Step<Runnable>> before = new ArrayList<>();
    private final List<Step<Runnable>> after = new ArrayList<>();
    private final Map<StoreCall, Fault> lasting = new EnumMap<>(StoreCall.class);

    /** What happens at the k-th call of some kinds, counted from when the test said so. */
    private static final class Step<T> {
        private final Set<StoreCall> kinds;
        private final T what;
        private int remaining;

        Step(Set<StoreCall> kinds, int k, T what) {
            if (k < 1) {
                throw new IllegalArgumentException("calls are counted from 1, not from " + k);
            }
            this.kinds = kinds;
            this.remaining = k;
            this.what = what;
        }

        boolean isDueAt(StoreCall kind) {
            if (!kinds.contains(kind)) {
                return false;
            }
            remaining--;
            return remaining == 0;
        }
    }

    /** What one call meets. */
    record Encounter(StoreCall kind, Optional<Fault> fault, List<Runnable> before, List<Runnable> after) {}

    synchronized Encounter next(StoreCall kind) {
        counts.merge(kind, 1, Integer::sum);
        List<Fault> due = take(faults, kind);
        Optional<Fault> fault = due.isEmpty() ? Optional.ofNullable(lasting.get(kind)) : Optional.of(due.get(0));
        return new Encounter(kind, fault, take(before, kind), take(after, kind));
    }

    private static <T> List<T> take(List<Step<T>> steps, StoreCall kind) {
        List<T> due = new ArrayList<>();
        for (Iterator<Step<T>> all = steps.iterator(); all.hasNext(); ) {
            Step<T> step = all.next();
            if (step.isDueAt(kind)) {
                due.add(step.what);
                all.remove();
            }
        }
        return due;
    }

    synchronized void fault(Set<StoreCall> kinds, int k, Fault fault) {
        faults.add(new Step<>(kinds, k, fault));
    }

    synchronized void before(StoreCall kind, Runnable hook) {
        before.add(new Step<>(Set.of(kind), 1, hook));
    }

    synchronized void after(StoreCall kind, Runnable hook) {
        after.add(new Step<>(Set.of(kind), 1, hook));
    }

    synchronized void lasting(Set<StoreCall> kinds, Fault fault) {
        kinds.forEach(kind -> lasting.put(kind, fault));
    }

    synchronized void heal() {
        faults.clear();
        lasting.clear();
    }

    synchronized int count(Set<StoreCall> kinds) {
        return kinds.stream().mapToInt(kind -> counts.getOrDefault(kind, 0)).sum();
    }
}
