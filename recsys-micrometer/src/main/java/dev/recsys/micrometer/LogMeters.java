package dev.recsys.micrometer;

import dev.recsys.log.LogStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToLongFunction;

/** The meters of one log. */
final class LogMeters {
    private LogMeters() {}

    static void register(MeterRegistry registry, String name, LogSource source) {
        Tags tags = Tags.of("log", name);
        records(registry, tags.and("result", "written"), source, LogStats::written);
        records(registry, tags.and("result", "dropped"), source, LogStats::dropped);
        records(registry, tags.and("result", "failed"), source, LogStats::failed);
        records(registry, tags.and("result", "lost"), source, LogStats::lost);
        FunctionCounter.builder("recsys.log.size", source, log -> log.stats().bytes())
                .description("What was written, before it is packed")
                .tags(tags)
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("recsys.log.queued", source, log -> log.stats().queued())
                .description("Records that wait")
                .tags(tags)
                .register(registry);
    }

    private static void records(MeterRegistry registry, Tags tags, LogSource source, ToLongFunction<LogStats> count) {
        FunctionCounter.builder("recsys.log.records", source, log -> count.applyAsLong(log.stats()))
                .description("What became of records")
                .tags(tags)
                .register(registry);
    }
}
