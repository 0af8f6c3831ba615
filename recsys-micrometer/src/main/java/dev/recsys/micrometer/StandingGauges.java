package dev.recsys.micrometer;

import dev.recsys.serve.SnapshotStatus.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The gauges of a group of surfaces, read when somebody scrapes. */
final class StandingGauges {
    private StandingGauges() {}

    static List<Meter> register(MeterRegistry registry, Tags tags, Object group, Standings standings) {
        Stream<Gauge.Builder<Standings>> states = Arrays.stream(State.values())
                .map(state -> gauge("surfaces", standings, now -> now.of(group).count(state))
                        .description("Surfaces that are so")
                        .tag("state", state.name().toLowerCase(Locale.ROOT)));
        Stream<Gauge.Builder<Standings>> others = Stream.of(
                gauge("release.number", standings, now -> now.of(group).release())
                        .description("The release that serves"),
                gauge("release.age", standings, now -> now.of(group).releaseAge())
                        .description("Since the release was shipped")
                        .baseUnit("seconds"),
                gauge("data.age", standings, now -> now.of(group).dataAge())
                        .description("Since the newest event of the artifact furthest behind")
                        .baseUnit("seconds"),
                gauge("refresh.lag", standings, now -> now.of(group).lag())
                        .description("Since the store was last asked with success")
                        .baseUnit("seconds"),
                gauge("snapshot.size", standings, now -> now.of(group).heapBytes())
                        .description("What the release takes of the heap")
                        .baseUnit("bytes"));
        return Stream.concat(states, others)
                .<Meter>map(gauge -> gauge.tags(tags).register(registry))
                .toList();
    }

    private static Gauge.Builder<Standings> gauge(String name, Standings standings, ToDoubleFunction<Standings> value) {
        return Gauge.builder("recsys." + name, standings, value);
    }
}
