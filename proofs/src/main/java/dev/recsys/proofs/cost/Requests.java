package dev.recsys.proofs.cost;

import dev.recsys.proofs.wire.WireCall;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A number of requests of each kind.
 *
 * @param byKind only kinds of which there are any
 * @param onlyIfNew how many of them read on the condition that there is something new
 */
record Requests(Map<WireCall.Kind, Integer> byKind, int onlyIfNew) {
    static final Requests NONE = new Requests(Map.of(), 0);

    Requests {
        Map<WireCall.Kind, Integer> some = new EnumMap<>(WireCall.Kind.class);
        byKind.forEach((kind, count) -> {
            if (count != 0) {
                some.put(kind, count);
            }
        });
        byKind = Collections.unmodifiableMap(some);
    }

    static Requests of(List<WireCall> calls) {
        Map<WireCall.Kind, Integer> counts = new EnumMap<>(WireCall.Kind.class);
        calls.forEach(call -> counts.merge(call.kind(), 1, Integer::sum));
        return new Requests(
                counts,
                Math.toIntExact(calls.stream().filter(WireCall::onlyIfNew).count()));
    }

    Requests minus(Requests other) {
        Map<WireCall.Kind, Integer> difference = new EnumMap<>(WireCall.Kind.class);
        difference.putAll(byKind);
        other.byKind.forEach((kind, count) -> difference.merge(kind, -count, Integer::sum));
        return new Requests(difference, onlyIfNew - other.onlyIfNew);
    }

    int of(WireCall.Kind kind) {
        return byKind.getOrDefault(kind, 0);
    }

    /** Returns those that both clouds bill as the dearer kind: what stores and what lists. */
    int writes() {
        return of(WireCall.Kind.PUT) + of(WireCall.Kind.LIST);
    }

    /** Returns those that both clouds bill as the cheaper kind; one that finds nothing new is billed as well. */
    int reads() {
        return of(WireCall.Kind.GET) + of(WireCall.Kind.LOOK) + of(WireCall.Kind.OTHER);
    }
}
