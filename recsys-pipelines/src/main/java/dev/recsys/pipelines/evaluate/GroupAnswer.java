package dev.recsys.pipelines.evaluate;

import java.util.ArrayList;
import java.util.List;

/** How one group of questions was answered. */
final class GroupAnswer {
    private static final List<Metric> CUT =
            List.of(Metric.RECALL, Metric.PRECISION, Metric.HIT_RATE, Metric.MAP, Metric.NDCG, Metric.NDCG_FULL);

    private final double[] means; // [figure] over the questions of the group
    private final List<int[]> lists; // what is shown for each question
    private final int targets;
    private final int unknownTargets; // how many of them training does not know

    GroupAnswer(double[] means, List<int[]> lists, int targets, int unknownTargets) {
        this.means = means;
        this.lists = lists;
        this.targets = targets;
        this.unknownTargets = unknownTargets;
    }

    double[] means() {
        return means;
    }

    List<int[]> lists() {
        return lists;
    }

    int targets() {
        return targets;
    }

    int unknownTargets() {
        return unknownTargets;
    }

    /** Returns how many figures of a ranking there are. */
    static int figures(List<Integer> cuts) {
        return CUT.size() * cuts.size() + 1;
    }

    /** Returns the name of a figure of a ranking. */
    static String figure(List<Integer> cuts, int figure) {
        return figure == CUT.size() * cuts.size()
                ? Metric.MRR.publicName()
                : CUT.get(figure / cuts.size()).at(cuts.get(figure % cuts.size()));
    }

    /** Answers a group's questions. */
    static GroupAnswer of(
            List<Question> questions, boolean ordered, Scorer scorer, Placing placing, List<Integer> cuts) {
        double[] means = new double[figures(cuts)];
        List<int[]> lists = new ArrayList<>(questions.size());
        int targets = 0;
        int unknown = 0;
        for (Question question : questions) {
            double[] scores = scorer.score(question.recent(), ordered);
            long[] ranks = placing.ranks(scores, question.targets());
            add(means, ranks, question.targets().length, cuts);
            lists.add(placing.list(scores));
            targets += question.targets().length;
            unknown += question.targets().length - ranks.length;
        }
        for (int i = 0; i < means.length; i++) {
            means[i] /= questions.size();
        }
        return new GroupAnswer(means, lists, targets, unknown);
    }

    private static void add(double[] sums, long[] ranks, int targets, List<Integer> cuts) {
        int figure = 0;
        for (Metric metric : CUT) {
            for (int cut : cuts) {
                sums[figure++] += value(metric, ranks, targets, cut);
            }
        }
        sums[figure] += RankMetrics.reciprocalRank(ranks);
    }

    private static double value(Metric metric, long[] ranks, int targets, int cut) {
        return switch (metric) {
            case RECALL -> RankMetrics.recall(ranks, targets, cut);
            case PRECISION -> RankMetrics.precision(ranks, cut);
            case HIT_RATE -> RankMetrics.hitRate(ranks, cut);
            case MAP -> RankMetrics.averagePrecision(ranks, targets, cut);
            case NDCG -> RankMetrics.ndcg(ranks, targets, cut);
            case NDCG_FULL -> RankMetrics.ndcgFull(ranks, targets, cut);
            default -> throw new IllegalArgumentException(metric + " is no metric of a ranking that is cut");
        };
    }
}
