package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.evaluate.Blend;
import dev.recsys.pipelines.evaluate.Evaluator;
import dev.recsys.pipelines.evaluate.HoldOut;
import dev.recsys.pipelines.evaluate.Protocol;
import dev.recsys.pipelines.events.Events;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Chooses all formulas, and for an evaluation the blend, on a hold-out inside training. Never sees the test. */
final class Selection {
    /** The order in which signals are tried, and in which ties between them are decided. */
    private static final List<ArtifactType> ORDER = List.of(
            ArtifactType.IMPLICIT,
            ArtifactType.COOC,
            ArtifactType.SESSION_SEQ,
            ArtifactType.CONTENT_SIM,
            ArtifactType.POPULARITY);

    private final BuildSettings settings;
    private final List<ItemAttributes> items;

    Selection(BuildSettings settings, List<ItemAttributes> items) {
        this.settings = settings;
        this.items = items;
    }

    /**
     * Chooses for an evaluation: by one figure, what the evaluation's own protocol asks of the last part of training.
     *
     * @param holdOut the evaluation's; only what is inside its training is looked at
     */
    Chosen forProtocol(HoldOut holdOut, String figure, Blend blend) throws IOException {
        HoldOut inside = holdOut.inside();
        Evaluator evaluator = new Evaluator(List.of(cut(figure)), List.of(), settings.threads, settings.listener);
        List<Blend> recencies = isOrdered(holdOut.protocol()) ? Candidates.recencies(blend) : List.of(blend);
        SignalSelection selection = new SignalSelection(inside, figure, evaluator, settings, items);
        List<SignalSelection.Result> results = new ArrayList<>();
        for (ArtifactType signal : ordered(settings.signalsFor(holdOut.train()))) {
            results.add(selection.run(signal, recencies));
        }
        List<Choice> choices = new ArrayList<>();
        results.forEach(result -> choices.add(result.choice()));
        BuildSettings chosen = settings.with(
                copy -> results.forEach(result -> result.candidate().change().accept(copy)));
        results.sort(Comparator.comparingDouble(SignalSelection.Result::best).reversed());
        if (results.get(0).choice().trials().isEmpty()) {
            return new Chosen(chosen, blend, choices);
        }
        BlendSelection blending = new BlendSelection(inside, figure, evaluator);
        Blend best = blending.run(results, recencies);
        choices.add(blending.choice());
        return new Chosen(chosen, best, choices);
    }

    /** Chooses for a build: each signal by what it is for, as it is served by default. */
    Chosen forBuild(Events events) throws IOException {
        Map<String, SignalSelection> selections = new TreeMap<>();
        List<Choice> choices = new ArrayList<>();
        BuildSettings chosen = settings;
        for (ArtifactType signal : ordered(settings.signalsFor(events))) {
            Protocol protocol = purpose(signal);
            if (!selections.containsKey(protocol.publicName())) {
                selections.put(protocol.publicName(), selection(protocol, events));
            }
            SignalSelection.Result result =
                    selections.get(protocol.publicName()).run(signal, List.of(Blend.DEFAULT));
            choices.add(result.choice());
            chosen = chosen.with(result.candidate().change());
        }
        return new Chosen(chosen, Blend.DEFAULT, choices);
    }

    private SignalSelection selection(Protocol protocol, Events events) {
        String figure = protocol.decidingFigure();
        Evaluator evaluator = new Evaluator(List.of(cut(figure)), List.of(), settings.threads, settings.listener);
        HoldOut inside = HoldOut.at(HoldOut.INSIDE, protocol, events, settings.sessions);
        return new SignalSelection(inside, figure, evaluator, settings, items);
    }

    /** What goes with an item is for baskets, what comes next for sessions, the rest for what users take later. */
    private static Protocol purpose(ArtifactType signal) {
        if (signal.equals(ArtifactType.COOC)) {
            return Protocol.BASKET;
        }
        return signal.equals(ArtifactType.SESSION_SEQ) ? Protocol.NEXT_ITEM : Protocol.NEXT_PERIOD;
    }

    private static boolean isOrdered(Protocol protocol) {
        return protocol != Protocol.BASKET && protocol != Protocol.RANKING;
    }

    private static List<ArtifactType> ordered(Set<ArtifactType> signals) {
        return ORDER.stream().filter(signals::contains).toList();
    }

    /** The cut in a figure's name; a figure that is not cut needs one all the same, for the lists. */
    private static int cut(String figure) {
        int at = figure.indexOf('@');
        try {
            return at < 0 ? 20 : Integer.parseInt(figure.substring(at + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("there is no figure '" + figure + "'; expected one such as ndcg@10", e);
        }
    }
}
