package dev.recsys.testkit;

import static dev.recsys.testkit.PlainCalls.TIMEOUT;
import static dev.recsys.testkit.PlainCalls.bytesOf;
import static dev.recsys.testkit.PlainCalls.copy;
import static dev.recsys.testkit.PlainCalls.createBlob;
import static dev.recsys.testkit.PlainCalls.isAbsent;
import static dev.recsys.testkit.PlainCalls.list;
import static dev.recsys.testkit.PlainCalls.swap;
import static dev.recsys.testkit.Samples.BLOB;
import static dev.recsys.testkit.Samples.REGISTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Line 11. Delete is idempotent and refuses a register; a listing is complete and ordered by UTF-8 bytes. */
@ContractLine(11)
interface DeleteAndListLine extends ContractFixture {
    @Test
    default void aDeletedBlobIsGone() {
        createBlob(store(), BLOB, new byte[] {1});
        createBlob(store(), Samples.blob(2), new byte[] {2});

        store().delete(BLOB, TIMEOUT);

        assertThat(isAbsent(store(), BLOB)).isTrue();
        assertThat(copy(store(), BLOB)).isEmpty();
        assertThat(store().stat(BLOB, TIMEOUT)).isEmpty();
        assertThat(list(store(), "")).containsExactly(Samples.blob(2));
        assertThat(bytesOf(store(), Samples.blob(2))).containsExactly(2);
    }

    @Test
    default void deletingWhatIsNotThereDoesNothing() {
        store().delete(BLOB, TIMEOUT);
        createBlob(store(), BLOB, new byte[] {1});

        store().delete(BLOB, TIMEOUT);
        store().delete(BLOB, TIMEOUT);

        assertThat(isAbsent(store(), BLOB)).isTrue();
    }

    @Test
    default void aRegisterCannotBeDeleted() {
        swap(store(), REGISTER, BlobVersion.ABSENT, new byte[] {1});

        assertThatThrownBy(() -> store().delete(REGISTER, TIMEOUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(REGISTER.path());

        assertThat(bytesOf(store(), REGISTER)).containsExactly(1);
    }

    @Test
    default void aListingIsCompleteAndOrdered() {
        NavigableSet<BlobKey> keys = fill(300);

        assertThat(list(store(), "")).containsExactlyElementsOf(keys);
        assertThat(list(anotherEndpoint(), "")).containsExactlyElementsOf(keys);
    }

    @Test
    default void aListingInPagesMissesNothingAndRepeatsNothing() {
        NavigableSet<BlobKey> keys = fill(120);
        for (int pageSize : new int[] {1, 7, 50, 1_000}) {
            List<BlobKey> listed = new ArrayList<>();
            List<BlobKey> page;
            do {
                String after =
                        listed.isEmpty() ? "" : listed.get(listed.size() - 1).path();
                page = store().list("", after, pageSize, TIMEOUT);
                assertThat(page).hasSizeLessThanOrEqualTo(pageSize);
                listed.addAll(page);
            } while (page.size() == pageSize);

            assertThat(listed).as("pages of %d", pageSize).containsExactlyElementsOf(keys);
        }
    }

    @Test
    default void aListingKeepsToItsPrefixWhereverThePrefixEnds() {
        NavigableSet<BlobKey> keys = fill(60);
        List<String> prefixes =
                List.of("", "t", "t/a", "t/a/", "t/a-b", "t/a.b/c", "t/deep/er/", "t/1", "zzz", "t/a/current");
        for (String prefix : prefixes) {
            assertThat(list(store(), prefix))
                    .as("prefix '%s'", prefix)
                    .containsExactlyElementsOf(matching(keys, prefix, ""));
        }
    }

    @Test
    default void aListingStartsAfterAPathWhetherThatPathIsAKeyOrNot() {
        NavigableSet<BlobKey> keys = fill(60);
        List<String> marks =
                List.of("", "a", "t/a", "t/a/", "t/a/current", "t/a0", "t/a/zzz", "t/deep/er/k5", "t/n", "zzz");
        for (String prefix : List.of("", "t/a", "t/deep/")) {
            for (String after : marks) {
                assertThat(store().list(prefix, after, Integer.MAX_VALUE, TIMEOUT))
                        .as("prefix '%s' after '%s'", prefix, after)
                        .containsExactlyElementsOf(matching(keys, prefix, after));
            }
        }
    }

    @Test
    default void aRegisterIsListedOnceUnderItsKeyHoweverOftenItWasSwapped() {
        BlobVersion version = BlobVersion.ABSENT;
        for (int i = 0; i < 5; i++) {
            version = swap(store(), REGISTER, version, new byte[] {(byte) i});
        }

        assertThat(list(store(), "")).containsExactly(REGISTER);
        assertThat(list(store(), REGISTER.path())).containsExactly(REGISTER);
        assertThat(list(store(), REGISTER.path() + "/")).isEmpty();
    }

    @Test
    default void aLimitBelowOneIsRefused() {
        assertThatThrownBy(() -> store().list("", "", 0, TIMEOUT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void aDeleteWithoutTimeIsUnavailable() {
        createBlob(store(), BLOB, new byte[] {1});

        assertThatThrownBy(() -> store().delete(BLOB, Duration.ZERO)).isInstanceOf(StoreUnavailableException.class);
    }

    /** Fills the store with names around the separator, which sorts between '.' and '0': where a folder's order is not the key's. */
    private NavigableSet<BlobKey> fill(int numbered) {
        NavigableSet<BlobKey> keys = new TreeSet<>();
        for (String path : List.of(
                "t/a-b",
                "t/a.b/c",
                "t/a0",
                "t/a/b",
                "t/a/b-c",
                "t/a%2f/x",
                "t/a_b",
                "t/az/x",
                "t/deep/er/and/er/x",
                "top")) {
            keys.add(new BlobKey(path));
        }
        for (int i = 0; i < numbered; i++) {
            keys.add(BlobKey.of("t", "deep", "er", "k" + i));
        }
        keys.forEach(key -> createBlob(store(), key, new byte[] {1}));
        for (BlobKey register : List.of(BlobKey.of("t", "a", "current"), BlobKey.of("t", "current"))) {
            swap(store(), register, BlobVersion.ABSENT, new byte[] {1});
            keys.add(register);
        }
        return keys;
    }

    private static List<BlobKey> matching(Collection<BlobKey> keys, String prefix, String after) {
        return keys.stream()
                .filter(key -> key.path().startsWith(prefix) && key.path().compareTo(after) > 0)
                .toList();
    }
}
