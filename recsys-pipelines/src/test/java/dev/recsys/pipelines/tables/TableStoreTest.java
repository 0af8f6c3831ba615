package dev.recsys.pipelines.tables;

import static dev.recsys.pipelines.days.RandomDays.SCOPE;
import static dev.recsys.pipelines.tables.TableShop.DAYS;
import static dev.recsys.pipelines.tables.TableShop.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.recsys.DamagedException;
import dev.recsys.Degradation;
import dev.recsys.Recommendations;
import dev.recsys.Scope;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.artifact.ArtifactRef;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.pipelines.days.DayWindow;
import dev.recsys.publish.Build;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ShipRequest;
import dev.recsys.serve.EmbeddedRecommender;
import dev.recsys.serve.SnapshotStatus;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import dev.recsys.testkit.MemoryBlobStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableStoreTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final BlobKey CURRENT = BlobKey.of("%41cme", "home", "current");
    private static final DayWindow ALL = days(0, DAYS - 1);

    @TempDir
    Path folder;

    private static ReadResult read(TableStore store, BlobVersion unless) {
        return store.read(CURRENT, unless, 1 << 16, LONG);
    }

    private static Blob found(ReadResult result) {
        assertThat(result).isInstanceOf(ReadResult.Found.class);
        return ((ReadResult.Found) result).blob();
    }

    private static Recommendations ask(EmbeddedRecommender recommender) {
        return recommender.recommend(SCOPE.tenant(), SCOPE.surface(), "u1");
    }

    @Test
    void aRevisionThatIsKnownIsNotModified() throws IOException {
        TableShop shop = TableShop.random(folder, 1);
        shop.fill(ALL);
        try (TableStore store = shop.store()) {
            Blob first = found(read(store, BlobVersion.ABSENT));
            assertThat(read(store, first.version())).isInstanceOf(ReadResult.NotModified.class);
            assertThat(found(read(store, BlobVersion.ABSENT)).bytes()).isEqualTo(first.bytes());

            shop.fillDays(days(2, 2));

            Blob second = found(read(store, first.version()));
            assertThat(second.version()).isNotEqualTo(first.version());
        }
    }

    @Test
    void everyStoreGivesTheSamePointerForOneRevision() throws IOException {
        TableShop shop = TableShop.random(folder, 2);
        shop.fill(ALL);
        try (TableStore one = shop.store();
                TableStore other = TableStore.over(shop.tables, folder.resolve("other"), 3)) {
            assertThat(found(read(other, BlobVersion.ABSENT)).bytes())
                    .isEqualTo(found(read(one, BlobVersion.ABSENT)).bytes());
        }
    }

    @Test
    void theRevisionSaysWhatWasSummed() throws IOException {
        TableShop shop = TableShop.random(folder, 3);
        shop.fill(ALL);
        shop.fillDays(days(1, 1));
        Manifest built =
                manifestOf(shop.build(ALL).into(folder.resolve("build")).build());
        try (TableStore store = shop.store();
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).build()) {
            Manifest manifest = TableShop.served(recommender);
            Revision revision = recommender
                    .status(SCOPE.tenant(), SCOPE.surface())
                    .revision()
                    .orElseThrow();

            assertThat(List.of(revision.epoch(), revision.seq(), revision.release()))
                    .containsExactly(1L, 2L, 2L);
            assertThat(revision.operation().kind()).isEqualTo("tables");
            assertThat(manifest.window()).isEqualTo(built.window());
            assertThat(manifest.watermark()).isEqualTo(built.watermark());
            assertThat(manifest.compatibilityGroup()).isEqualTo(built.compatibilityGroup());
            assertThat(manifest.evidence())
                    .containsEntry("tables_revision", "2")
                    .containsKeys("cut_sessions", "sessions", "events", "days");
        }
    }

    private static Manifest manifestOf(Build build) {
        try (ManifestPublisher publisher = ManifestPublisher.open(MemoryBlobStore.open(), "test")) {
            return publisher
                    .ship(ShipRequest.of(SCOPE, build, "a ship").createSurface())
                    .manifest();
        }
    }

    @Test
    void aFillIsServedAfterTheNextLook() throws IOException {
        TableShop shop = TableShop.random(folder, 4);
        shop.fill(days(0, 2));
        try (TableStore store = shop.store();
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).build()) {
            TableShop.served(recommender);
            for (int day = 3; day < DAYS; day++) {
                shop.fillDays(days(day, day));
                TableShop.served(recommender);
                assertThat(ask(recommender).release()).isEqualTo(day - 1);
            }
        }
    }

    @Test
    void tablesThatAreAwayAreAnOutageAndNeverAbsent() throws IOException {
        TableShop shop = TableShop.random(folder, 5);
        shop.fill(ALL);
        try (TableStore store = shop.store();
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).build()) {
            TableShop.served(recommender);
            shop.tables.away(true);

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> read(store, BlobVersion.ABSENT));
            recommender.invalidate(SCOPE.tenant(), SCOPE.surface()).join();
            assertThat(ask(recommender).release()).isEqualTo(1);
            assertThat(ask(recommender).items()).isNotEmpty();
        }
    }

    @Test
    void aProcessThatStartsWhileTheTablesAreAwayServesTheLastKnownGood() throws IOException {
        TableShop shop = TableShop.random(folder, 6);
        shop.fill(ALL);
        Path copies = folder.resolve("copies");
        try (TableStore store = shop.store();
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).localCopies(copies).build()) {
            TableShop.served(recommender);
        }
        shop.tables.away(true);
        try (TableStore store = shop.store();
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).localCopies(copies).build()) {
            recommender.preload(SCOPE.tenant(), SCOPE.surface(), LONG);
            assertThat(ask(recommender).degradations())
                    .extracting(Degradation::kind)
                    .contains(Degradation.Kind.LAST_KNOWN_GOOD);

            shop.tables.away(false);
            shop.fillDays(days(4, 4));
            recommender.invalidate(SCOPE.tenant(), SCOPE.surface()).join();

            assertThat(recommender.status(SCOPE.tenant(), SCOPE.surface()).state())
                    .isEqualTo(SnapshotStatus.State.FRESH);
            assertThat(ask(recommender).release()).isEqualTo(2);
        }
    }

    @Test
    void tablesThatGoBackAreNotFollowed() throws IOException {
        TableShop shop = TableShop.random(folder, 7);
        shop.fill(days(0, 1));
        shop.fill(ALL);
        Path copies = folder.resolve("copies");
        try (TableStore store = shop.store();
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).localCopies(copies).build()) {
            TableShop.served(recommender);
        }
        TableShop restored = shop.with(build -> build);
        restored.fill(days(0, 1));
        try (TableStore store = restored.store();
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).localCopies(copies).build()) {
            recommender.preload(SCOPE.tenant(), SCOPE.surface(), LONG);
            assertThat(ask(recommender).release()).isEqualTo(2);
            assertThat(recommender.status(SCOPE.tenant(), SCOPE.surface()).lastError())
                    .hasValueSatisfying(error -> assertThat(error).contains("goes back"));

            restored.fill(ALL);
            restored.fill(ALL);
            TableShop.served(recommender);

            assertThat(ask(recommender).release()).isEqualTo(3);
        }
    }

    @Test
    void aSurfaceThatWasNeverFilledIsAbsent() throws IOException {
        TableShop shop = TableShop.random(folder, 8);
        shop.fill(ALL);
        try (TableStore store = shop.store()) {
            for (String key : List.of("acme/cart/current", "current", "x/current", "acme/home/history/1/1")) {
                assertThat(store.read(new BlobKey(key), BlobVersion.ABSENT, 100, LONG))
                        .isInstanceOf(ReadResult.Absent.class);
            }
            assertThat(store.stat(BlobKey.of("acme", "home", "x"), LONG)).isEmpty();
            assertThat(store.copyTo(BlobKey.of("acme", "x"), new ByteArrayOutputStream(), 1, LONG))
                    .isFalse();
        }
    }

    @Test
    void everyWriteIsRefused() throws IOException {
        TableShop shop = TableShop.random(folder, 9);
        shop.fill(ALL);
        BlobKey blob = BlobKey.of("acme", "x");
        try (TableStore store = shop.store()) {
            assertThatExceptionOfType(StoreDeniedException.class)
                    .isThrownBy(() -> store.create(blob, BlobSource.of(new byte[1]), LONG))
                    .withMessageContaining("read-only");
            assertThatExceptionOfType(StoreDeniedException.class).isThrownBy(() -> store.delete(blob, LONG));
            assertThatExceptionOfType(StoreDeniedException.class).isThrownBy(() -> store.list("", "", 1, LONG));
            assertThat(store.compareAndSet(CURRENT, BlobVersion.ABSENT, new byte[1], LONG))
                    .isInstanceOf(SwapResult.NotSent.class);
            assertThatIllegalArgumentException().isThrownBy(() -> store.stat(CURRENT, LONG));
        }
    }

    @Test
    void artifactsAreBlobsOfTheirLength() throws IOException {
        TableShop shop = TableShop.random(folder, 10);
        shop.fill(ALL);
        try (TableStore store = shop.store();
                EmbeddedRecommender recommender =
                        EmbeddedRecommender.builder(store).build()) {
            for (ArtifactRef ref : TableShop.served(recommender).artifacts().values()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                assertThat(store.copyTo(ref.key(), bytes, ref.sizeBytes(), LONG))
                        .isTrue();
                assertThat(bytes.size()).isEqualTo(ref.sizeBytes());
                assertThat(store.stat(ref.key(), LONG).orElseThrow().sizeBytes())
                        .isEqualTo(ref.sizeBytes());
                assertThatExceptionOfType(DamagedException.class)
                        .isThrownBy(() -> store.copyTo(ref.key(), bytes, ref.sizeBytes() - 1, LONG));
                assertThatExceptionOfType(DamagedException.class)
                        .isThrownBy(() -> store.read(ref.key(), BlobVersion.ABSENT, 9, LONG));
            }
        }
    }

    @Test
    void theLastTwoReleasesAreOnTheDiskAndNoneAfterTheEnd() throws IOException {
        TableShop shop = TableShop.random(folder, 11);
        shop.fill(ALL);
        Path served = folder.resolve("served");
        TableStore store = shop.store();
        for (int i = 0; i < 4; i++) {
            shop.fillDays(days(i, i));
            read(store, BlobVersion.ABSENT);
        }
        assertThat(builds(served)).isEqualTo(2);

        store.close();
        store.close();

        assertThat(builds(served)).isZero();
        assertThatIllegalStateException().isThrownBy(() -> read(store, BlobVersion.ABSENT));
    }

    @Test
    void aReadingThatFailsLeavesNothingBehindAndIsTriedAgain() throws IOException {
        TableShop shop = TableShop.random(folder, 12);
        shop.tables.replace(SCOPE, Damaged.replacement(0), LONG);
        try (TableStore store = shop.store()) {
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> read(store, BlobVersion.ABSENT))
                    .withMessageContaining("Fill the whole window again");
            assertThat(builds(folder.resolve("served"))).isZero();

            shop.fill(ALL);

            found(read(store, BlobVersion.ABSENT));
        }
    }

    @Test
    void surfacesHaveNothingToDoWithEachOther() throws IOException {
        TableShop shop = TableShop.random(folder, 13);
        shop.fill(ALL);
        try (TableStore store = shop.store()) {
            byte[] before = found(read(store, BlobVersion.ABSENT)).bytes();
            shop.tables.replace(new Scope("acme", "home"), Damaged.replacement(0), LONG);

            assertThat(found(read(store, BlobVersion.ABSENT)).bytes()).isEqualTo(before);
        }
    }

    private static long builds(Path served) throws IOException {
        try (Stream<Path> files = Files.walk(served)) {
            return files.filter(file -> file.endsWith("build.json")).count();
        }
    }
}
