package dev.recsys.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.Scope;
import dev.recsys.control.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a {@link dev.recsys.control.UserHistory} promises, as tests. A history passes them by a subclass that says how to set one
 * up; a test that it cannot run is overridden there with {@code @Disabled} and the reason.
 */
@Timeout(300)
public abstract class UserHistoryContract {
    private static final Scope HOME = new Scope("acme", "home");
    private static final Scope CART = new Scope("acme", "cart");
    private static final Scope OTHER = new Scope("other", "home");
    private static final String USER = "user-42";
    private static final List<String> ODD_IDS = List.of(
            "it's",
            "\"quoted\"",
            "100%",
            "a_b",
            "back\\slash",
            "$1",
            "{a,b}",
            "NULL",
            "tea ",
            " tea",
            "\ud83c\udf75",
            "\u00e9",
            "e\u0301",
            "A",
            "a");
    private static final int READERS = 3;
    private static final int ROUNDS = 200;

    private UserHistoryHarness harness;

    /** For subclasses. */
    protected UserHistoryContract() {}

    /** Sets up an empty history for one test. */
    protected abstract UserHistoryHarness newHarness() throws Exception;

    @BeforeEach
    final void setUpHistory() throws Exception {
        harness = newHarness();
    }

    @AfterEach
    final void removeHistory() {
        harness.close();
    }

    private Instant secondsAgo(int seconds) {
        return harness.now().minusSeconds(seconds);
    }

    private void record(Scope scope, String user, String item, Instant at) throws Exception {
        harness.record(new Outcome(scope, user, item, "click", at));
    }

    private void record(String item, int secondsAgo) throws Exception {
        record(HOME, USER, item, secondsAgo(secondsAgo));
    }

    private List<String> recent(Scope scope, String user) {
        return harness.history().recentItems(scope, user, 10);
    }

    private List<String> recent() {
        return recent(HOME, USER);
    }

    @Test
    public void aUserNobodyKnowsHasNoItems() {
        assertThat(recent()).isEmpty();
    }

    @Test
    public void theMostRecentComesFirstWhateverCameFirst() throws Exception {
        record("tea", 20);
        record("milk", 10);
        record("rice", 30);

        assertThat(recent()).containsExactly("milk", "tea", "rice");
    }

    @Test
    public void anItemIsThereOnceAtItsNewestTime() throws Exception {
        record("tea", 30);
        record("milk", 20);
        record("tea", 10);
        record("milk", 40);

        assertThat(recent()).containsExactly("tea", "milk");
    }

    @Test
    public void anItemIsThereOnceWhateverWasDoneWithIt() throws Exception {
        for (String type : List.of("click", "cart", "purchase")) {
            harness.record(new Outcome(HOME, USER, "tea", type, secondsAgo(10)));
        }

        assertThat(recent()).containsExactly("tea");
    }

    @Test
    public void itemsOfTheSameTimeGoById() throws Exception {
        for (String item : List.of("c", "a", "d", "b")) {
            record(item, 10);
        }

        assertThat(recent()).containsExactly("a", "b", "c", "d");
    }

    @Test
    public void noMoreItemsAreReturnedThanAreWanted() throws Exception {
        for (int i = 1; i <= 5; i++) {
            record("item-" + i, i);
        }

        assertThat(harness.history().recentItems(HOME, USER, 1)).containsExactly("item-1");
        assertThat(harness.history().recentItems(HOME, USER, 3)).containsExactly("item-1", "item-2", "item-3");
        assertThat(harness.history().recentItems(HOME, USER, Integer.MAX_VALUE)).hasSize(5);
    }

    @Test
    public void tenantsSurfacesAndUsersAreApart() throws Exception {
        record(HOME, USER, "tea", secondsAgo(1));
        record(CART, USER, "milk", secondsAgo(1));
        record(OTHER, USER, "rice", secondsAgo(1));
        record(HOME, "user-43", "salt", secondsAgo(1));

        assertThat(recent()).containsExactly("tea");
        assertThat(recent(CART, USER)).containsExactly("milk");
        assertThat(recent(OTHER, USER)).containsExactly("rice");
        assertThat(recent(HOME, "user-43")).containsExactly("salt");
    }

    @Test
    public void anyIdIsTakenAsItIs() throws Exception {
        for (String id : ODD_IDS) {
            record(HOME, id, id, secondsAgo(1));
        }

        for (String id : ODD_IDS) {
            assertThat(recent(HOME, id)).as("user '%s'", id).containsExactly(id);
        }
    }

    @Test
    public void whoIsForgottenHasNoItemsAndOthersKeepTheirs() throws Exception {
        record(HOME, USER, "tea", secondsAgo(1));
        record(CART, USER, "milk", secondsAgo(1));
        record(HOME, "user-43", "salt", secondsAgo(1));

        harness.forget("acme", USER);

        assertThat(recent()).isEmpty();
        assertThat(recent(CART, USER)).isEmpty();
        assertThat(recent(HOME, "user-43")).containsExactly("salt");
    }

    @Test
    public void whoIsForgottenStartsAnew() throws Exception {
        record("tea", 1);
        harness.forget("acme", USER);

        record(HOME, USER, "milk", harness.now().plusSeconds(1));

        assertThat(recent()).containsExactly("milk");
    }

    @Test
    public void readersSeeOrderedListsWhileItemsAreRecorded() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (Race race = Race.of(1 + READERS)) {
            race.run(racer -> racer == 0 ? write(over) : read(over));
        }

        assertThat(recent()).startsWith(name(ROUNDS), name(ROUNDS - 1));
    }

    /** Newer ones have smaller names. */
    private static String name(int round) {
        return String.format("item-%03d", ROUNDS - round);
    }

    private Object write(AtomicBoolean over) throws Exception {
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                record(name(round), ROUNDS - round);
            }
            return over;
        } finally {
            over.set(true);
        }
    }

    private Object read(AtomicBoolean over) {
        while (!over.get()) {
            assertThat(recent()).isSorted().doesNotHaveDuplicates();
        }
        return over;
    }
}
