package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.RecommendationRequest;
import dev.recsys.control.ItemAttributes;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    private static final RecommendationRequest REQUEST =
            RecommendationRequest.of("acme", "home").build();

    @TempDir
    private Path directory;

    private final ManifestPublisher publisher = ManifestPublisher.open(MemoryBlobStore.open(), "test");
    private final InMemoryControls controls = InMemoryControls.create();
    private final List<Runnable> background = new ArrayList<>();
    private final Planner planner =
            new Planner(SCOPE, ControlPlane.of(controls), InstantSource.system(), background::add);

    private Snapshot shipped(int salt) {
        return Snapshot.of(
                publisher
                        .ship(ShipRequest.of(SCOPE, new Builds(directory.resolve("b" + salt)).both(3, salt), "a ship")
                                .createSurface())
                        .revision(),
                Map.of());
    }

    @Test
    void itemsThatAreGoneThroughLateAreThoseOfTheReleaseThatServesByThen() {
        Snapshot first = shipped(1);
        Snapshot second = shipped(2);
        planner.load(first, () -> true);
        String version =
                controls.putItems("acme", List.of(ItemAttributes.of("i1").withAvailable(false)));
        assertThat(planner.arm(REQUEST, first, new ArrayList<>()).snapshot()).isSameAs(first);
        planner.load(second, () -> true);

        background.forEach(Runnable::run);

        Arm now = planner.arm(REQUEST, second, new ArrayList<>());
        assertThat(now.snapshot()).isSameAs(second);
        assertThat(now.plan().itemsVersion()).isEqualTo(version);
    }

    @Test
    void howeverManyRequestsSeeAChangeItIsGoneThroughOnce() {
        Snapshot snapshot = shipped(1);
        planner.load(snapshot, () -> true);
        controls.putItems("acme", List.of(ItemAttributes.of("i1")));

        for (int i = 0; i < 100; i++) {
            planner.arm(REQUEST, snapshot, new ArrayList<>());
        }

        assertThat(background).hasSize(1);
    }

    @Test
    void whatDoesNotComeIntoServiceIsNotRankedBy() {
        Snapshot first = shipped(1);
        planner.load(first, () -> true);

        planner.load(shipped(2), () -> false);

        assertThat(planner.arm(REQUEST, first, new ArrayList<>()).snapshot()).isSameAs(first);
    }
}
