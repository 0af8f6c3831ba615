package dev.recsys.preview;

import dev.recsys.Recommendations.Versions;
import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.publish.PreviewVerdict;
import dev.recsys.store.Sha256;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build would change. Shares and means are of counts and of sums of billionths, so that the order and the threads of a
 * preview change no bit. Names users as the log does, and items: treat it as personal data.
 *
 * @param subject what was compared
 * @param requests how many requests were ranked
 * @param skipped how many were not, by the reason
 * @param modelled for how many a model of the host had scored the list; both lists are without it, for it scored other items
 * @param current the lists of the current release; empty if nothing was shipped yet
 * @param candidate the lists of the candidate
 * @param change how the two differ; empty if nothing was shipped yet
 * @param hits how often the lists hold what users took; empty if no outcomes were given
 */
public record PreviewReport(
        Subject subject,
        long requests,
        SortedMap<String, Long> skipped,
        long modelled,
        Optional<Lists> current,
        Lists candidate,
        Optional<PreviewChange> change,
        Optional<HitRates> hits) {
    /** Copies the map. */
    public PreviewReport {
        skipped = Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
    }

    /**
     * What was compared.
     *
     * @param scope whose surface
     * @param epoch the epoch of the current release, or 0
     * @param release the id of the current release, or 0
     * @param artifacts the digests of what would be current after the ship
     * @param versions the configuration, the rules and the items that both were ranked by: those in force at {@code at}
     * @param at when
     */
    public record Subject(
            Scope scope,
            long epoch,
            long release,
            SortedMap<ArtifactType, Sha256> artifacts,
            Versions versions,
            Instant at) {
        /** Copies the map. */
        public Subject {
            artifacts = Collections.unmodifiableSortedMap(new TreeMap<>(artifacts));
        }
    }

    /**
     * The lists of one side.
     *
     * @param requests how many lists
     * @param empty how many of them hold nothing
     * @param shorter how many hold fewer than were asked for, and not nothing
     * @param shown how many items all lists hold together
     * @param coverage how many different items they hold
     * @param signals how many of the shown items a signal put there, by its name; an item may be there by several. Those that
     *     none put there, but a rule, exploration or the need to fill the list, are {@code none}
     */
    public record Lists(
            long requests, long empty, long shorter, long shown, long coverage, SortedMap<String, Long> signals) {
        /** Copies the map. */
        public Lists {
            signals = Collections.unmodifiableSortedMap(new TreeMap<>(signals));
        }

        /** Returns the share of empty lists, 0 without requests. */
        public double emptyRate() {
            return requests == 0 ? 0 : (double) empty / requests;
        }

        /** Returns the share of the shown items that a signal put there, 0 without items. */
        public double share(String signal) {
            return shown == 0 ? 0 : (double) signals.getOrDefault(signal, 0L) / shown;
        }
    }

    /** Judges by limits, for {@link dev.recsys.publish.ShipRequest#previewed}. A first ship is never objected to. */
    public PreviewVerdict verdict(PreviewLimits limits) {
        return new PreviewVerdict(
                subject.scope(),
                subject.epoch(),
                subject.release(),
                subject.artifacts(),
                Objections.figures(this),
                Objections.to(this, limits));
    }
}
