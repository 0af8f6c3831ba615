package dev.recsys.pipelines.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what groups of questions were answered; groups are added in one order, so that sums are the same in every run. */
final class FigureSums {
    private final List<Integer> cuts;
    private final Takers takers;
    private final double[] rankSums; // [figure of a ranking]
    private final long[][] exposures; // [cut][item]
    private final double[] novelty; // [cut]
    private final double[] diversity; // [cut]
    private final long[] lists; // [cut]
    private final long[] pairedLists; // [cut]
    private long groups;
    private long questions;
    private long targets;
    private long unknownTargets;

    FigureSums(List<Integer> cuts, Takers takers) {
        this.cuts = cuts;
        this.takers = takers;
        this.rankSums = new double[GroupAnswer.figures(cuts)];
        this.exposures = new long[cuts.size()][takers.items()];
        this.novelty = new double[cuts.size()];
        this.diversity = new double[cuts.size()];
        this.lists = new long[cuts.size()];
        this.pairedLists = new long[cuts.size()];
    }

    long groups() {
        return groups;
    }

    void add(GroupAnswer answer) {
        groups++;
        questions += answer.lists().size();
        targets += answer.targets();
        unknownTargets += answer.unknownTargets();
        for (int i = 0; i < rankSums.length; i++) {
            rankSums[i] += answer.means()[i];
        }
        for (int[] list : answer.lists()) {
            for (int cut = 0; cut < cuts.size(); cut++) {
                addList(list, Math.min(cuts.get(cut), list.length), cut);
            }
        }
    }

    private void addList(int[] list, int length, int cut) {
        for (int i = 0; i < length; i++) {
            exposures[cut][list[i]]++;
        }
        if (length > 0) {
            lists[cut]++;
            novelty[cut] += ListMetrics.novelty(list, length, takers.perItem(), takers.users());
        }
        if (length > 1 && takers.hasLabels()) {
            pairedLists[cut]++;
            diversity[cut] += ListMetrics.diversity(list, length, takers.labels());
        }
    }

    Figures figures() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < rankSums.length; i++) {
            values.put(GroupAnswer.figure(cuts, i), rankSums[i] / Math.max(1, groups));
        }
        for (int cut = 0; cut < cuts.size(); cut++) {
            values.put(Metric.COVERAGE.at(cuts.get(cut)), ListMetrics.coverage(exposures[cut]));
        }
        for (int cut = 0; cut < cuts.size(); cut++) {
            values.put(Metric.GINI.at(cuts.get(cut)), ListMetrics.gini(exposures[cut]));
        }
        for (int cut = 0; cut < cuts.size(); cut++) {
            values.put(Metric.NOVELTY.at(cuts.get(cut)), novelty[cut] / Math.max(1, lists[cut]));
        }
        for (int cut = 0; cut < cuts.size() && takers.hasLabels(); cut++) {
            values.put(Metric.DIVERSITY.at(cuts.get(cut)), diversity[cut] / Math.max(1, pairedLists[cut]));
        }
        return new Figures(groups, questions, targets, unknownTargets, takers.items(), values);
    }
}
