package dev.recsys.postgres;

import static dev.recsys.postgres.ServedShop.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.Recommendations;
import dev.recsys.RefusedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Tenant.Status;
import dev.recsys.controls.Place;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testserver.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recommended while the database is there, is away, and was never there. */
class ServingWithoutDatabaseTest {
    private static final Place ACME = Place.of("acme");
    private static final String REASON = "a test";

    private final MemoryBlobStore store = MemoryBlobStore.open();

    @TempDir
    private Path directory;

    private static PostgresServer server;
    private static int databases;

    private PostgresDatabase database;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void start() throws IOException {
        if (!server.isRunning()) {
            server.restart();
        }
        database = PostgresDatabase.open(server.createDatabase("shop" + ++databases), PostgresServer.SUPERUSER, "");
        database.migrate();
        ControlEditor editor = database.editor("ann");
        editor.tenants().create("acme", REASON);
        editor.configs()
                .put(
                        ACME,
                        RankingConfig.DEFAULT.withK(5),
                        editor.configs().inForce(ACME).version(),
                        REASON);
        RuleSet rules = new RuleSet(List.of(Rule.block("recalled", ItemAttribute.BRAND, "bad")));
        editor.rules().put(ACME, rules, editor.rules().inForce(ACME).version(), REASON);
        editor.items().upsert("acme", List.of(ItemAttributes.of("item-0").withBrand("bad")), REASON, done -> {});
        ServedShop.ship(store, directory.resolve("build"));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private PostgresControls.Builder controls() {
        return PostgresControls.builder(database)
                .refreshInterval(Duration.ofMillis(200))
                .localCopies(directory.resolve("copies"));
    }

    private EmbeddedRecommender over(PostgresControls controls) {
        EmbeddedRecommender recommender =
                EmbeddedRecommender.builder(store).controls(controls).build();
        var unused = recommender.preload("acme", "home", Duration.ofSeconds(30));
        return recommender;
    }

    private static void requireConfigured(Recommendations answer) {
        assertThat(answer.items()).hasSize(5);
        assertThat(answer.items().get(0).itemId()).isEqualTo("item-1"); // item-0 is of the brand that is blocked
    }

    private static boolean isDegraded(Recommendations answer) {
        return answer.degradations().stream().map(Degradation::kind).anyMatch(Kind.CONTROL_UNAVAILABLE::equals);
    }

    private static void await(BooleanSupplier isSo) {
        long endNanos = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(endNanos);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    @Test
    void whatWasReadLastHoldsWhileTheDatabaseIsAwayAndTheAnswersSaySo() {
        try (PostgresControls controls = controls().open();
                EmbeddedRecommender recommender = over(controls)) {
            assertThat(controls.awaitAnswer(Duration.ofSeconds(30))).isTrue();
            await(() -> !isDegraded(recommender.recommend("acme", "home", "u")));
            Recommendations before = recommender.recommend("acme", "home", "u");
            requireConfigured(before);
            server.kill();
            await(() -> isDegraded(recommender.recommend("acme", "home", "u")));
            for (int i = 0; i < 1_000; i++) {
                Recommendations answer = recommender.recommend("acme", "home", "u");
                requireConfigured(answer);
                assertThat(answer.versions()).isEqualTo(before.versions());
            }
            server.restart();
            await(() -> !isDegraded(recommender.recommend("acme", "home", "u")));
        }
    }

    @Test
    void aProcessThatStartsWithoutTheDatabaseTakesWhatItKept() {
        Recommendations before;
        try (PostgresControls controls = controls().open();
                EmbeddedRecommender recommender = over(controls)) {
            before = recommender.recommend("acme", "home", "u");
            requireConfigured(before);
        }
        server.stop();
        try (PostgresControls controls = controls().open();
                EmbeddedRecommender recommender = over(controls)) {
            Recommendations answer = recommender.recommend("acme", "home", "u");
            requireConfigured(answer);
            assertThat(isDegraded(answer)).isTrue();
            assertThat(answer.versions()).isEqualTo(before.versions());
            server.restart();
            await(() -> !isDegraded(recommender.recommend("acme", "home", "u")));
        }
    }

    @Test
    void aSuspendedTenantStaysSuspendedWhileTheDatabaseIsAway() {
        try (PostgresControls controls = controls().open();
                EmbeddedRecommender recommender = over(controls)) {
            database.editor("ann").tenants().set("acme", Status.SUSPENDED, "has not paid");
            await(() -> recommender.recommend("acme", "home", "u").items().isEmpty());
            server.kill();
            assertThat(recommender.recommend("acme", "home", "u").degradations())
                    .extracting(Degradation::kind)
                    .contains(Kind.TENANT_SUSPENDED);
        }
        try (PostgresControls controls = controls().open();
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).controls(controls).build()) {
            controls.prepare(HOME);
            assertThat(recommender.recommend("acme", "home", "u").items()).isEmpty();
        }
    }

    @Test
    void aCopyThatWasChangedIsNotServed() throws IOException {
        try (PostgresControls controls = controls().open();
                EmbeddedRecommender recommender = over(controls)) {
            requireConfigured(recommender.recommend("acme", "home", "u"));
        }
        server.stop();
        Path copy = directory.resolve("copies").resolve("acme.copy");
        String text = Files.readString(copy);
        for (String change : List.of("\"brand\":\"bad\"", "\"value\":\"bad\"", "\"k\":5")) {
            assertThat(text).contains(change);
            Files.writeString(
                    copy, text.replace(change, change.replace("bad", "sad").replace("5", "6")));
            try (PostgresControls controls = controls().open()) {
                assertThatThrownBy(() -> controls.prepare(HOME))
                        .as(change)
                        .isInstanceOf(StoreUnavailableException.class);
            }
        }
    }

    @Test
    void whileTheDatabaseIsAwayNothingIsShippedAndARollbackIsPossible() throws IOException {
        ManifestPublisher.Builder publisher =
                ManifestPublisher.builder(store, "tester").listener(database.publications());
        ServedShop.ship(directory.resolve("second"), publisher); // already current: asked, and nothing changed
        server.stop();
        assertThatThrownBy(() -> ServedShop.ship(directory.resolve("third"), publisher))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Asking whether tenant acme is active");
        try (ManifestPublisher opened = publisher.build()) {
            assertThat(opened.hold("acme", "home", "looking", Optional.empty()).hold())
                    .isPresent();
        }
    }

    @Test
    void nothingIsShippedForATenantThatIsSuspendedOrNotThere() {
        ManifestPublisher.Builder publisher =
                ManifestPublisher.builder(store, "tester").listener(database.publications());
        database.editor("ann").tenants().set("acme", Status.SUSPENDED, "has not paid");
        assertThatThrownBy(() -> ServedShop.ship(directory.resolve("second"), publisher))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("[tenant]");
    }
}
