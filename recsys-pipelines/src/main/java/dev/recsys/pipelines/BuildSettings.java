package dev.recsys.pipelines;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.events.EventFilter;
import dev.recsys.pipelines.events.EventReader;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.CoocSettings;
import dev.recsys.pipelines.signals.PopularitySettings;
import dev.recsys.pipelines.signals.SessionSettings;
import dev.recsys.pipelines.signals.Similarity;
import dev.recsys.table.TableInfo;
import java.util.Optional;
import java.util.Set;

/** All settings of a build; what each means is said at {@link SignalBuild}. */
record BuildSettings(
        Scope scope,
        EventReader.Source source,
        EventFilter filter,
        double maxBad,
        Set<ArtifactType> signals,
        SessionSettings sessions,
        PopularitySettings popularity,
        CoocSettings cooc,
        String compatibilityGroup,
        int threads,
        ProgressListener listener) {
    BuildSettings {
        new TableInfo(scope, ArtifactType.COOC, compatibilityGroup); // refuses a group that no table could have
    }

    static BuildSettings defaults(Scope scope, EventReader.Source source) {
        return new BuildSettings(
                scope,
                source,
                new EventFilter(Optional.of(scope), Optional.empty(), Set.of()),
                0.05,
                Set.of(ArtifactType.POPULARITY, ArtifactType.COOC),
                SessionSettings.DEFAULT,
                PopularitySettings.DEFAULT,
                CoocSettings.of(Similarity.JACCARD),
                "default",
                Runtime.getRuntime().availableProcessors(),
                ProgressListener.NONE);
    }

    BuildSettings withSource(EventReader.Source changed) {
        return new BuildSettings(
                scope,
                changed,
                filter,
                maxBad,
                signals,
                sessions,
                popularity,
                cooc,
                compatibilityGroup,
                threads,
                listener);
    }

    BuildSettings withFilter(EventFilter changed) {
        return new BuildSettings(
                scope,
                source,
                changed,
                maxBad,
                signals,
                sessions,
                popularity,
                cooc,
                compatibilityGroup,
                threads,
                listener);
    }

    BuildSettings withMaxBad(double changed) {
        return new BuildSettings(
                scope,
                source,
                filter,
                changed,
                signals,
                sessions,
                popularity,
                cooc,
                compatibilityGroup,
                threads,
                listener);
    }

    BuildSettings withSignals(Set<ArtifactType> changed) {
        return new BuildSettings(
                scope,
                source,
                filter,
                maxBad,
                changed,
                sessions,
                popularity,
                cooc,
                compatibilityGroup,
                threads,
                listener);
    }

    BuildSettings withSessions(SessionSettings changed) {
        return new BuildSettings(
                scope,
                source,
                filter,
                maxBad,
                signals,
                changed,
                popularity,
                cooc,
                compatibilityGroup,
                threads,
                listener);
    }

    BuildSettings withPopularity(PopularitySettings changed) {
        return new BuildSettings(
                scope, source, filter, maxBad, signals, sessions, changed, cooc, compatibilityGroup, threads, listener);
    }

    BuildSettings withCooc(CoocSettings changed) {
        return new BuildSettings(
                scope,
                source,
                filter,
                maxBad,
                signals,
                sessions,
                popularity,
                changed,
                compatibilityGroup,
                threads,
                listener);
    }

    BuildSettings withCompatibilityGroup(String changed) {
        return new BuildSettings(
                scope, source, filter, maxBad, signals, sessions, popularity, cooc, changed, threads, listener);
    }

    BuildSettings withThreads(int changed) {
        return new BuildSettings(
                scope,
                source,
                filter,
                maxBad,
                signals,
                sessions,
                popularity,
                cooc,
                compatibilityGroup,
                changed,
                listener);
    }

    BuildSettings withListener(ProgressListener changed) {
        return new BuildSettings(
                scope,
                source,
                filter,
                maxBad,
                signals,
                sessions,
                popularity,
                cooc,
                compatibilityGroup,
                threads,
                changed);
    }
}
