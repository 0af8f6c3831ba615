package dev.recsys.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.pipelines.evaluate.Protocol;
import dev.recsys.pipelines.evaluate.Split;
import dev.recsys.pipelines.events.EventColumns;
import dev.recsys.pipelines.signals.Similarity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The UCI Online Retail set (Chen 2015, CC BY 4.0), which is no part of the project: looked for in the folder of the
 * property {@code recsys.data}, else in {@code shared/data} beside the checkout.
 */
class OnlineRetailTest {
    private static final Scope SCOPE = new Scope("acme", "home");
    private static final Split SPLIT = Split.parse("2011-11-10T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void jaccardFindsMoreThanAQuarterOfHiddenItemsAmongTheFirstTen() throws IOException {
        EvaluationReport report = purchases()
                .signals(Set.of(ArtifactType.COOC))
                .similarity(Similarity.JACCARD)
                .evaluate(EvaluationPlan.of(Protocol.BASKET).splitAt(SPLIT));

        assertThat(report.trainEvents()).isEqualTo(333_606);
        assertThat(report.figures().value("hit_rate@10")).isBetween(0.27, 0.30);
    }

    @Test
    void theRawFileBuildsAndSaysWhatItSetAside() throws IOException {
        SignalBuildReport report = SignalBuild.of(SCOPE, List.of(data("online-retail.csv.gz")))
                .columns(EventColumns.parse(
                        "ts=invoice_time,user=customer_id,session=invoice,item=item_id,value=quantity"))
                .into(folder.resolve("out"));

        assertThat(report.read().lines()).isEqualTo(541_909);
        assertThat(report.read().malformed()).isZero();
        assertThat(report.read().setAside()).isEqualTo(10_624);
        assertThat(report.build().evidence()).containsEntry("set_aside", "10624");
    }

    @Test
    void whatIsChosenInsideTrainingCompletesBasketsAndFindsWhatUsersTakeLater() throws IOException {
        SignalBuild build = purchases(); // popularity and cooc; the others would take minutes, for EASE

        EvaluationReport baskets =
                build.evaluate(EvaluationPlan.of(Protocol.BASKET).splitAt(SPLIT).selecting());
        EvaluationReport later = build.evaluate(
                EvaluationPlan.of(Protocol.NEXT_PERIOD).splitAt(SPLIT).selecting());

        assertThat(baskets.figures().value("hit_rate@10")).isGreaterThanOrEqualTo(0.275);
        assertThat(later.figures().value("recall@20")).isGreaterThanOrEqualTo(0.095);
        assertThat(later.choices()).extracting(Choice::what).containsExactly("cooc", "popularity", "blend");
    }

    private static SignalBuild purchases() {
        return SignalBuild.of(SCOPE, List.of(data("online-retail-purchases.csv.gz")));
    }

    private static Path data(String name) {
        Path file = Path.of(System.getProperty("recsys.data", "../../shared/data"), name);
        assumeTrue(Files.exists(file), "needs " + name + ", which is no part of the project");
        return file;
    }
}
