package dev.recsys.preview;

import dev.recsys.preview.PreviewReport.Subject;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up what a preview finds. Takes memory in proportion to different items and segments, not to requests. */
final class Tally {
    private final boolean hasCurrent;
    private final SideTally current = new SideTally();
    private final SideTally candidate = new SideTally();
    private final ChangeTally change = new ChangeTally();
    private final Optional<HitTally> hits;
    private final SortedMap<String, Long> skipped = new TreeMap<>();
    private long requests;
    private long modelled;

    Tally(boolean hasCurrent, Optional<HitTally> hits) {
        this.hasCurrent = hasCurrent;
        this.hits = hits;
    }

    void skip(String reason) {
        skipped.merge(reason, 1L, Long::sum);
    }

    void add(Compared compared) {
        requests++;
        modelled += compared.exposure().rescored().isEmpty() ? 0 : 1;
        candidate.add(compared.candidate(), compared.asked());
        if (hasCurrent) {
            current.add(compared.current(), compared.asked());
            change.add(compared);
        }
        hits.ifPresent(tally -> tally.add(compared));
    }

    PreviewReport report(Subject subject) {
        return new PreviewReport(
                subject,
                requests,
                skipped,
                modelled,
                hasCurrent ? Optional.of(current.lists()) : Optional.empty(),
                candidate.lists(),
                hasCurrent ? Optional.of(change.change(current.items(), candidate.items())) : Optional.empty(),
                hits.map(HitTally::rates));
    }
}
