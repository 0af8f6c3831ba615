package dev.recsys.micrometer;

import dev.recsys.log.LogStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The meters of one log. */
final class LogMeters {
    private LogMeters() {}

    static void register(MeterRegistry registry, String name, Supplier<LogStats> stats) {
        Tags tags = Tags.of("log", name);
        records(registry, tags.and("result", "written"), stats, LogStats::written);
        records(registry, tags.and("result", "dropped"), stats, LogStats::dropped);
        records(registry, tags.and("result", "failed"), stats, LogStats::failed);
        records(registry, tags.and("result", "lost"), stats, LogStats::lost);
        FunctionCounter.builder("recsys.log.size", stats, log -> log.get().bytes())
                .description("What was written, before it is packed")
                .tags(tags)
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("recsys.log.queued", stats, log -> log.get().queued())
                .description("Records that wait")
                .tags(tags)
                .register(registry);
    }

    private static void records(
            MeterRegistry registry, Tags tags, Supplier<LogStats> stats, ToLongFunction<LogStats> count) {
        FunctionCounter.builder("recsys.log.records", stats, log -> count.applyAsLong(log.get()))
                .description("What became of records")
                .tags(tags)
                .register(registry);
    }
}
