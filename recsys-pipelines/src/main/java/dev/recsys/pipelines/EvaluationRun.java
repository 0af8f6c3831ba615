package dev.recsys.pipelines;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.ItemAttributes;
import dev.recsys.pipelines.evaluate.Blend;
import dev.recsys.pipelines.evaluate.Evaluator;
import dev.recsys.pipelines.evaluate.Figures;
import dev.recsys.pipelines.evaluate.HoldOut;
import dev.recsys.pipelines.signals.Baskets;
import dev.recsys.pipelines.signals.ImplicitSettings;
import dev.recsys.pipelines.signals.ItemModel;
import dev.recsys.pipelines.signals.ItemModels;
import dev.recsys.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Trains on what a hold-out leaves, opens what was written, and asks the hold-out's questions. */
final class EvaluationRun {
    private final EvaluationPlan plan;
    private final List<ItemAttributes> items;

    EvaluationRun(EvaluationPlan plan, List<ItemAttributes> items) {
        this.plan = plan;
        this.items = items;
    }

    /** Returns the rows of a report: what is served, then each signal alone if the plan compares. */
    List<EvaluationReport.Row> run(HoldOut holdOut, Chosen chosen) throws IOException {
        BuildSettings settings = chosen.settings();
        Evaluator evaluator = new Evaluator(plan.cuts(), items, settings.threads, settings.listener);
        if (plan.model().isPresent()) {
            return List.of(modelRow(evaluator, holdOut, settings, plan.model().get()));
        }
        Map<ArtifactType, Table> tables =
                TrialTables.of(settings, holdOut.train(), Baskets.of(holdOut.train(), settings.sessions), items);
        List<EvaluationReport.Row> rows = new ArrayList<>();
        rows.add(row(evaluator, holdOut, tables, chosen.blend()));
        if (plan.compares() && tables.size() > 1) {
            for (ArtifactType type : new TreeSet<>(tables.keySet())) {
                Blend alone = chosen.blend().withWeights(Map.of(type, 1.0));
                Figures figures =
                        evaluator.run(holdOut, tables, alone); // all tables, so that the same items are ranked
                rows.add(new EvaluationReport.Row(type.name(), BlendSelection.words(alone), figures));
            }
        }
        return rows;
    }

    private EvaluationReport.Row modelRow(
            Evaluator evaluator, HoldOut holdOut, BuildSettings settings, ImplicitSettings model) throws IOException {
        Baskets histories = Baskets.ofUsers(holdOut.train(), model.historyItems());
        ItemModel trained = ItemModels.train(model, holdOut.train(), histories, settings.threads, settings.listener);
        Figures figures = evaluator.run(holdOut, trained, plan.blend());
        return new EvaluationReport.Row(model.model().publicName(), model.toString(), figures);
    }

    private EvaluationReport.Row row(Evaluator evaluator, HoldOut holdOut, Map<ArtifactType, Table> tables, Blend blend)
            throws IOException {
        Figures figures = evaluator.run(holdOut, tables, blend);
        String name = tables.size() == 1 ? tables.keySet().iterator().next().name() : "blend";
        return new EvaluationReport.Row(name, BlendSelection.words(blend), figures);
    }
}
