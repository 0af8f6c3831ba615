package dev.recsys.pipelines.evaluate;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.progress.Phase;
import dev.recsys.pipelines.progress.Progress;
import dev.recsys.pipelines.progress.ProgressListener;
import dev.recsys.pipelines.signals.ItemModel;
import dev.recsys.pipelines.signals.OrderedWork;
import dev.recsys.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Asks all questions of a protocol and adds up how they were answered. The same figures to the last bit, however many
 * threads there are.
 */
public final class Evaluator {
    private static final int GROUPS_PER_PIECE = 32;

    private static final int MAX_CUT = 1_000;

    private final List<Integer> cuts;
    private final List<ItemAttributes> attributes;
    private final int threads;
    private final ProgressListener listener;

    /**
     * Creates an evaluator.
     *
     * @param cuts the K of the metrics that are cut, each 1 to 1000, at least one
     * @param attributes what is known of items, for the diversity of lists; without any it is not measured
     * @param threads how many threads ask, at least 1
     * @param listener hears of progress
     * @throws IllegalArgumentException if a cut is out of its range, or there is none
     */
    public Evaluator(
            Collection<Integer> cuts, List<ItemAttributes> attributes, int threads, ProgressListener listener) {
        this.cuts = List.copyOf(new TreeSet<>(cuts));
        this.attributes = List.copyOf(attributes);
        this.threads = threads;
        this.listener = listener;
        if (this.cuts.isEmpty() || this.cuts.get(0) < 1 || Collections.max(this.cuts) > MAX_CUT) {
            throw new IllegalArgumentException("the cuts are " + cuts + "; expected numbers from 1 to " + MAX_CUT);
        }
    }

    /**
     * Asks all questions of a hold-out.
     *
     * @param tables what was made of the hold-out's training, and would be served
     * @param blend how it would be served
     * @throws IllegalArgumentException if there is no table
     * @throws IOException if this thread is interrupted
     */
    public Figures run(HoldOut holdOut, Map<ArtifactType, Table> tables, Blend blend) throws IOException {
        Served served = new Served(holdOut.train(), tables);
        Takers takers = Takers.of(holdOut.train(), served.items(), attributes);
        return run(holdOut.questions(served.items()), served, blend, takers);
    }

    /**
     * Asks all questions of a hold-out of one model in memory, with nothing else blended in.
     *
     * @param model what was trained on the hold-out's training
     * @param blend how recent items count; its weights mean nothing here
     * @throws IOException if this thread is interrupted
     */
    public Figures run(HoldOut holdOut, ItemModel model, Blend blend) throws IOException {
        Served served = new Served(holdOut.train(), ArtifactType.IMPLICIT, model);
        Takers takers = Takers.of(holdOut.train(), served.items(), attributes);
        Blend alone = blend.withWeights(Map.of(ArtifactType.IMPLICIT, 1.0));
        return run(holdOut.questions(served.items()), served, alone, takers);
    }

    Figures run(Questions questions, Served served, Blend blend, Takers takers) throws IOException {
        FigureSums sums = new FigureSums(cuts, takers);
        Queue<Worker> workers = new ConcurrentLinkedQueue<>();
        Progress progress = new Progress(listener, Phase.EVALUATE, questions.groups());
        int pieces = (questions.groups() + GROUPS_PER_PIECE - 1) / GROUPS_PER_PIECE;
        try (OrderedWork work = new OrderedWork(threads)) {
            work.run(
                    pieces,
                    piece -> {
                        Worker borrowed = workers.poll();
                        Worker worker = borrowed == null ? worker(served, blend) : borrowed;
                        List<GroupAnswer> answers = answers(piece, questions, worker);
                        workers.add(worker);
                        return answers;
                    },
                    answers -> {
                        answers.forEach(sums::add);
                        progress.at(sums.groups());
                    });
        }
        progress.done();
        return sums.figures();
    }

    /** What a thread needs for itself. */
    private record Worker(Scorer scorer, Placing placing) {}

    private Worker worker(Served served, Blend blend) {
        return new Worker(new Scorer(served, blend), new Placing(served.items(), Collections.max(cuts)));
    }

    private List<GroupAnswer> answers(int piece, Questions questions, Worker worker) {
        List<GroupAnswer> answers = new ArrayList<>(GROUPS_PER_PIECE);
        int end = Math.min(questions.groups(), (piece + 1) * GROUPS_PER_PIECE);
        for (int group = piece * GROUPS_PER_PIECE; group < end; group++) {
            answers.add(GroupAnswer.of(
                    questions.group(group), questions.isOrdered(), worker.scorer(), worker.placing(), cuts));
        }
        return answers;
    }
}
