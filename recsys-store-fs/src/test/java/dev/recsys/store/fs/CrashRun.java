package dev.recsys.store.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobSource;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** One seeded run of processes that swap, create and read on a simulated disk until the power goes, several times. */
final class CrashRun {
    private static final Path ROOT = Path.of("/data/store");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final int POWER_LOSSES = 2;

    private final int seed;
    private final Random random;
    private final SimulatedDisk disk;
    /** The least number that each register must still hold: it was acknowledged, or a reader saw it. */
    private final Map<BlobKey, Integer> settled = new HashMap<>();

    private final Map<BlobKey, byte[]> stored = new HashMap<>();
    private boolean made;
    private int lastNumber;
    private int deaths;

    CrashRun(int seed, SimulatedDisk disk) {
        this.seed = seed;
        this.random = new Random(seed);
        this.disk = disk;
    }

    int deaths() {
        return deaths;
    }

    void run() {
        for (int i = 0; i < POWER_LOSSES; i++) {
            for (int process = 0; process < 3; process++) {
                runProcess();
            }
            disk.losePower(random::nextBoolean);
            verify();
        }
    }

    private void runProcess() {
        disk.dieAfter(random.nextInt(100));
        try {
            FileBlobStore store = made ? FileBlobStore.at(ROOT, disk, System::nanoTime) : make();
            for (int step = 0; step < 8; step++) {
                work(store);
            }
        } catch (SimulatedDisk.Died e) {
            deaths++;
        }
        disk.dieAfter(Integer.MAX_VALUE);
    }

    private FileBlobStore make() {
        FileBlobStore store = FileBlobStore.create(ROOT, disk, System::nanoTime);
        made = true;
        return store;
    }

    private void work(FileBlobStore store) {
        if (random.nextInt(3) == 0) {
            createBlob(store, BlobKey.of("t", "s" + random.nextInt(2), "blob" + random.nextInt(3)));
        } else {
            swap(store, BlobKey.of("t", "s" + random.nextInt(2), "current"));
        }
    }

    private void swap(FileBlobStore store, BlobKey register) {
        BlobVersion version = observe(store, register);
        lastNumber++;
        if (store.compareAndSet(register, version, body(lastNumber), TIMEOUT) instanceof SwapResult.Applied) {
            settled.put(register, lastNumber);
        }
    }

    /** Reads a register: whole, never going back. */
    private BlobVersion observe(FileBlobStore store, BlobKey register) {
        int least = settled.getOrDefault(register, 0);
        if (store.read(register, BlobVersion.ABSENT, 1 << 20, TIMEOUT) instanceof ReadResult.Found found) {
            Blob blob = found.blob();
            assertThat(blob.bytes().length)
                    .as("seed %d: length of %s", seed, register)
                    .isGreaterThanOrEqualTo(Integer.BYTES);
            int number = ByteBuffer.wrap(blob.bytes()).getInt();
            assertThat(blob.bytes()).as("seed %d: %s, whole", seed, register).isEqualTo(body(number));
            assertThat(number).as("seed %d: %s", seed, register).isGreaterThanOrEqualTo(least);
            settled.put(register, number);
            return blob.version();
        }
        assertThat(least)
                .as("seed %d: the last value of %s, now absent", seed, register)
                .isZero();
        return BlobVersion.ABSENT;
    }

    /** A create that answers, whatever it answers, promises that the blob is there to stay. */
    private void createBlob(FileBlobStore store, BlobKey key) {
        byte[] bytes = body(key.path().hashCode());
        CreateResult result = store.create(key, BlobSource.of(bytes), TIMEOUT);
        assertThat(result)
                .as("seed %d: %s", seed, key)
                .isIn(new CreateResult.Created(), new CreateResult.Exists(bytes.length));
        stored.put(key, bytes);
    }

    private void verify() {
        FileBlobStore store = make();
        settled.keySet().forEach(register -> observe(store, register));
        stored.forEach((key, bytes) -> assertThat(store.read(key, BlobVersion.ABSENT, 1 << 20, TIMEOUT))
                .as("seed %d: %s", seed, key)
                .isInstanceOfSatisfying(
                        ReadResult.Found.class,
                        found -> assertThat(found.blob().bytes()).isEqualTo(bytes)));
        for (BlobKey key : store.list("", "", 1_000, TIMEOUT)) {
            if (!key.isRegister()) {
                assertThat(((ReadResult.Found) store.read(key, BlobVersion.ABSENT, 1 << 20, TIMEOUT))
                                .blob()
                                .bytes())
                        .as("seed %d: %s, whole", seed, key)
                        .isEqualTo(body(key.path().hashCode()));
            }
        }
    }

    private static byte[] body(int number) {
        byte[] body = new byte[100 + Math.floorMod(number, 50)];
        Arrays.fill(body, (byte) (number | 1));
        ByteBuffer.wrap(body).putInt(number);
        return body;
    }
}
