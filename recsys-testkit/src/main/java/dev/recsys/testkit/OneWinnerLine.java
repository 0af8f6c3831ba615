package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.read;
import static dev.recsys.testkit.PlainCalls.swap;
import static dev.recsys.testkit.PlainCalls.tryRead;
import static dev.recsys.testkit.PlainCalls.trySwap;
import static dev.recsys.testkit.Samples.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Line 3. Of several concurrent compare-and-sets with the same expected version at most one is applied. */
@ContractLine(3)
interface OneWinnerLine extends ContractFixture {
    int RACERS = 32;

    @Test
    default void ofManySwapsOfAnAbsentRegisterOneIsApplied() throws Exception {
        List<BlobStore> endpoints = endpoints();
        try (Race race = Race.of(RACERS)) {
            for (int round = 0; round < harness().rounds(); round++) {
                BlobKey register = Samples.register(round);
                List<SwapResult> results = race.run(racer ->
                        trySwap(endpoints.get(racer % endpoints.size()), register, BlobVersion.ABSENT, body(racer)));
                requireOneWinner(results, register, 0);
            }
        }
    }

    @Test
    default void ofManySwapsFromOneVersionOneIsApplied() throws Exception {
        List<BlobStore> endpoints = endpoints();
        BlobVersion version = swap(store(), REGISTER, BlobVersion.ABSENT, body(0));
        try (Race race = Race.of(RACERS)) {
            for (int round = 0; round < harness().rounds(); round++) {
                BlobVersion expected = version;
                int first =
                        (round + 1) * RACERS; // no bytes come again: where versions follow the content, A-B-A would win
                List<SwapResult> results = race.run(racer ->
                        trySwap(endpoints.get(racer % endpoints.size()), REGISTER, expected, body(first + racer)));
                version = requireOneWinner(results, REGISTER, first);
            }
        }
    }

    @Test
    default void concurrentIncrementsLoseNone() throws Exception {
        int racers = 4;
        int increments = 1 + harness().rounds() / 10;
        swap(store(), REGISTER, BlobVersion.ABSENT, body(0));
        try (Race race = Race.of(racers)) {
            race.run(racer -> {
                BlobStore endpoint = anotherEndpoint();
                for (int done = 0; done < increments; ) {
                    done += increment(endpoint) ? 1 : 0;
                }
                return racer;
            });
        }
        assertThat(ByteBuffer.wrap(bytesOf(store(), REGISTER)).getInt()).isEqualTo(racers * increments);
    }

    private static boolean increment(BlobStore store) {
        if (!(tryRead(store, REGISTER) instanceof ReadResult.Found found)) {
            return false; // another line's business
        }
        int next = ByteBuffer.wrap(found.blob().bytes()).getInt() + 1;
        return trySwap(store, REGISTER, found.blob().version(), body(next)) instanceof SwapResult.Applied;
    }

    /** Checks that one was applied, that it is the one that is there, and that nobody was told so who was not. */
    private BlobVersion requireOneWinner(List<SwapResult> results, BlobKey register, int firstBody) {
        List<Integer> winners = IntStream.range(0, results.size())
                .filter(i -> results.get(i) instanceof SwapResult.Applied)
                .boxed()
                .toList();
        assertThat(winners).as("winners among %s", results).hasSize(1);
        int winner = winners.get(0);
        Blob found = read(store(), register);
        assertThat(ByteBuffer.wrap(found.bytes()).getInt()).isEqualTo(firstBody + winner);
        assertThat(results.get(winner)).isEqualTo(new SwapResult.Applied(found.version()));
        return found.version();
    }

    private List<BlobStore> endpoints() {
        return Stream.of(store(), anotherEndpoint(), anotherEndpoint()).toList();
    }

    private static byte[] body(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
