package dev.recsys.preview;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.recsys.RefusedException;
import dev.recsys.RefusedException.Refusal;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.artifact.Revision;
import dev.recsys.publish.Build;
import dev.recsys.publish.Builds;
import dev.recsys.publish.Gate;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.PreviewVerdict;
import dev.recsys.publish.PromoteRequest;
import dev.recsys.publish.ShipRequest;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableWriter;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate of a preview lets through, and what becomes of an override. */
class PreviewGateTest {
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final ManifestPublisher publisher = ManifestPublisher.open(store, "test");

    @TempDir
    private Path directory;

    private Builds builds;
    private Build current;

    @BeforeEach
    void ship() {
        builds = new Builds(directory);
        current = builds.both(40, 1);
        publisher.ship(ShipRequest.of(SCOPE, current, "the first").createSurface());
    }

    private PreviewVerdict look(Build build) {
        return Preview.builder(store, build)
                .build()
                .compare(Log.oneEach(200, 40))
                .verdict(PreviewLimits.DEFAULT);
    }

    private AbstractThrowableAssert<?, ?> assertRefused(ShipRequest request) {
        return assertThatThrownBy(() -> publisher.ship(request)).isInstanceOf(RefusedException.class);
    }

    /** Every other item is gone, the most popular among them. */
    private Build halfOfTheItems() {
        return builds.write(SCOPE, Builds.day(2), build -> {
            List<ScoredItem> row = new ArrayList<>();
            try (TableWriter cooc = build.table(ArtifactType.COOC, TableForm.EXACT, RowKeys.ITEMS)) {
                for (int i = 1; i < 40; i += 2) {
                    row.add(new ScoredItem("i" + i, 40 - i));
                    cooc.row("i" + i, List.of(new ScoredItem("i" + (i + 2) % 40, 5)));
                }
                cooc.finish();
            }
            try (TableWriter table = build.table(ArtifactType.POPULARITY, TableForm.EXACT, RowKeys.LABELS)) {
                table.row("", row);
                table.finish();
            }
        });
    }

    @Test
    void halfOfTheItemsMissingIsRefusedWithFiguresAndShipsWithAReason() {
        Build half = halfOfTheItems();
        PreviewVerdict verdict = look(half);
        ShipRequest request =
                ShipRequest.of(SCOPE, half, "the supplier is gone").previewed(verdict);

        assertRefused(request)
                .hasMessageContaining("[preview] empty rate 0.0 % -> 0.0 % over 200 requests, mean overlap 0.")
                .hasMessageContaining("at least 0.6 is expected")
                .hasMessageContaining("override the gate (ship --force), with a reason");
        assertThat(publisher.current("acme", "home").release()).isEqualTo(1);

        publisher.ship(request.override(Set.of(Gate.PREVIEW)));

        Revision now = publisher.current("acme", "home");
        assertThat(now.operation().reason()).isEqualTo("the supplier is gone (overridden: preview)");
        assertThat(now.manifest().evidence()).containsEntry("preview", verdict.figures());
        assertThat(publisher.history("acme", "home", 10).get(0)).isEqualTo(now);
    }

    @Test
    void allGatesThatRefuseAreNamed() {
        Build less = builds.both(10, 2);

        assertRefused(ShipRequest.of(SCOPE, less, "less").previewed(look(less)))
                .asInstanceOf(type(RefusedException.class))
                .satisfies(refused ->
                        assertThat(refused.refusals()).extracting(Refusal::gate).contains("shrink", "preview"));
    }

    @Test
    void aBuildThatChangesLittleShipsAndItsFiguresAreRecorded() {
        Build next = builds.both(41, 2);

        publisher.ship(ShipRequest.of(SCOPE, next, "the next").previewed(look(next)));

        Revision now = publisher.current("acme", "home");
        assertThat(now.operation().reason()).isEqualTo("the next");
        assertThat(now.manifest().evidence().get("preview")).startsWith("empty rate 0.0 % -> 0.0 % over 200 requests");
        assertThat(now.manifest().evidence()).containsEntry("made_by", "test");
    }

    @Test
    void aPreviewOfAnotherBuildIsRefusedWhateverIsOverridden() {
        PreviewVerdict verdict = look(builds.both(41, 2));

        assertRefused(ShipRequest.of(SCOPE, halfOfTheItems(), "half")
                        .previewed(verdict)
                        .overrideAll())
                .hasMessageContaining("[preview] the preview was of other artifacts");
    }

    @Test
    void aPreviewBesideAnotherReleaseIsRefusedWhateverIsOverridden() {
        Build next = builds.both(41, 2);
        PreviewVerdict verdict = look(next);
        publisher.ship(ShipRequest.of(SCOPE, builds.both(42, 3), "somebody else's"));

        assertRefused(ShipRequest.of(SCOPE, next, "the next").previewed(verdict).overrideAll())
                .hasMessageContaining("compared with release 1 of epoch 1 of acme/home, and release 2 of epoch 1")
                .hasMessageContaining("Preview again");
    }

    @Test
    void aRevisionOfTheSameReleaseChangesNothing() {
        Build next = builds.both(41, 2);
        PreviewVerdict verdict = look(next);
        publisher.pin("acme", "home", 1, "the audit needs it");

        publisher.ship(ShipRequest.of(SCOPE, next, "the next").previewed(verdict));

        assertThat(publisher.current("acme", "home").release()).isEqualTo(3);
    }

    @Test
    void aPreviewThatMergesIsOfAShipThatMerges() {
        Build cooc = builds.coocOnly(40, 2);
        PreviewVerdict merged = Preview.builder(store, cooc)
                .merge()
                .build()
                .compare(Log.oneEach(200, 40))
                .verdict(PreviewLimits.DEFAULT);

        assertRefused(ShipRequest.of(SCOPE, cooc, "cooc").overrideAll().previewed(merged))
                .hasMessageContaining("with merge or without");
        publisher.ship(ShipRequest.of(SCOPE, cooc, "cooc").merge().previewed(merged));

        assertThat(publisher.current("acme", "home").manifest().artifacts()).hasSize(2);
    }

    @Test
    void theFirstShipOfASurfaceIsPreviewedToo() {
        MemoryBlobStore fresh = MemoryBlobStore.open();
        PreviewVerdict verdict = Preview.builder(fresh, current)
                .build()
                .compare(Log.oneEach(10, 40))
                .verdict(PreviewLimits.DEFAULT);

        ManifestPublisher.open(fresh, "test")
                .ship(ShipRequest.of(SCOPE, current, "the first")
                        .createSurface()
                        .previewed(verdict));

        assertThat(verdict.figures())
                .isEqualTo("nothing was current; empty rate 0.0 % over 10 requests, coverage 14 items");
    }

    @Test
    void aPromotionDoesNotTakeTheFiguresAlong() {
        Build next = builds.both(41, 2);
        publisher.ship(ShipRequest.of(SCOPE, next, "the next").previewed(look(next)));
        ManifestPublisher other = ManifestPublisher.open(MemoryBlobStore.open(), "test");

        other.promote(PromoteRequest.from(store, SCOPE, "to the other region").createSurface());

        assertThat(other.current("acme", "home").manifest().evidence())
                .containsKey("promoted_from")
                .doesNotContainKey("preview");
    }

    @Test
    void figuresAreOneShortLineOfText() {
        assertThatThrownBy(() -> new PreviewVerdict(SCOPE, 1, 1, new TreeMap<>(), "a\nb", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 300 characters on one line");
    }
}
