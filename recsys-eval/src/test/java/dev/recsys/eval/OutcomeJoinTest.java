package dev.recsys.eval;

import static dev.recsys.eval.Logged.at;
import static dev.recsys.eval.Logged.click;
import static dev.recsys.eval.Logged.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeJoinTest {
    private static final Duration WINDOW = Duration.ofSeconds(100);

    private final Set<String> joined = new TreeSet<>();
    private final OutcomeJoin join = new OutcomeJoin(WINDOW, this::take);

    private void take(JoinedList shown) {
        shown.outcomes()
                .forEach((index, outcomes) ->
                        outcomes.forEach(outcome -> joined.add(SlowJoin.line(shown.list(), index, outcome))));
    }

    /** Few ids, users, items and seconds, so that everything collides with everything. */
    private static final class Logs {
        private final List<LoggedList> lists = new ArrayList<>();
        private final List<LoggedOutcome> outcomes = new ArrayList<>();

        Logs(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < 200; i++) {
                String id = random.nextInt(4) == 0 ? "" : "r" + random.nextInt(150);
                String[] items = random.ints(random.nextInt(5), 0, 12)
                        .mapToObj(item -> "i" + item)
                        .toArray(String[]::new);
                lists.add(list(id, user(random), random.nextInt(500), items));
            }
            for (int i = 0; i < 400; i++) {
                String id = random.nextBoolean() ? "" : "r" + random.nextInt(170);
                outcomes.add(click(id, user(random), "i" + random.nextInt(13), random.nextInt(600)));
            }
        }

        private static String user(Random random) {
            return random.nextInt(8) == 0 ? "" : "u" + random.nextInt(9);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyOrderOfInputJoinsWhatASlowReferenceJoins(long seed) {
        Logs logs = new Logs(seed);
        Set<String> expected = new SlowJoin(logs.lists, WINDOW).join(logs.outcomes);
        Collections.shuffle(logs.lists, new Random(seed));
        Collections.shuffle(logs.outcomes, new Random(seed));

        logs.outcomes.forEach(join::happened);
        logs.lists.forEach(join::shown);
        JoinCounts counts = join.finish();

        assertThat(joined).isEqualTo(expected).hasSizeGreaterThan(25);
        assertThat(counts.joined().orElseThrow().successes()).isEqualTo(expected.size());
        long outcomes = counts.joined().orElseThrow().trials() + counts.repeatedOutcomes();
        assertThat(outcomes).isEqualTo(logs.outcomes.size());
        assertThat(counts.lists() + counts.repeatedLists()).isEqualTo(logs.lists.size());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void logsInOrderOfTimeJoinTheSameWhenSettledInBetween(long seed) {
        Logs logs = new Logs(seed);
        logs.lists.removeIf(list -> list.requestId().isPresent()); // ids of lists that left may come again
        Set<String> expected = new SlowJoin(logs.lists, WINDOW).join(logs.outcomes);
        logs.lists.sort(Comparator.comparing(LoggedList::at));
        logs.outcomes.sort(Comparator.comparing(LoggedOutcome::at));

        for (int second = 0; second < 600; second += 7) {
            int from = second;
            logs.lists.stream().filter(list -> isIn(list.at(), from)).forEach(join::shown);
            logs.outcomes.stream().filter(outcome -> isIn(outcome.at(), from)).forEach(join::happened);
            join.settle(at(second + 7));
        }
        join.finish();

        assertThat(joined).isEqualTo(expected).isNotEmpty();
    }

    private static boolean isIn(java.time.Instant time, int from) {
        return !time.isBefore(at(from)) && time.isBefore(at(from + 7));
    }

    @ParameterizedTest
    @CsvSource({
        "r1, '', a, 50,  BY_REQUEST",
        "r1, '', a, -9,  BY_REQUEST", // clocks differ
        "r1, '', a, 101, OUTSIDE_WINDOW",
        "r1, '', c, 50,  ITEM_NOT_IN_LIST",
        "r9, u1, a, 50,  NO_SUCH_REQUEST", // a name is not guessed at
        "'', u1, a, 0,   BY_USER",
        "'', u1, a, 100, BY_USER",
        "'', u1, a, 101, OUTSIDE_WINDOW",
        "'', u1, a, -1,  OUTSIDE_WINDOW",
        "'', u1, c, 50,  ITEM_NOT_IN_LIST",
        "'', u2, a, 50,  NO_USER",
        "'', '', a, 50,  NO_USER",
    })
    void everyOutcomeHasOneFate(String id, String user, String item, long second, Fate fate) {
        join.shown(list("r1", "u1", 0, "a", "b"));
        join.happened(click(id, user, item, second));

        JoinCounts counts = join.finish();

        assertThat(counts.outcomes().get("click")).containsOnlyKeys(fate).containsEntry(fate, 1L);
        assertThat(joined).hasSize(fate.isJoined() ? 1 : 0);
    }

    @Test
    void theLastListBeforeTheOutcomeGetsItAndOfOneInstantTheLastInOrder() {
        join.shown(list("r1", "u1", 10, "a"));
        join.shown(list("r3", "u1", 20, "x", "a"));
        join.shown(list("r2", "u1", 20, "a"));
        join.shown(list("r4", "u1", 31, "a"));
        LoggedOutcome outcome = click("", "u1", "a", 30);
        join.happened(outcome);

        join.finish();

        assertThat(joined).containsExactly(SlowJoin.line(list("r3", "u1", 20, "x", "a"), 1, outcome));
    }

    @Test
    void whatComesTwiceCountsOnce() {
        join.shown(list("r1", "u1", 5, "b"));
        join.shown(list("r1", "u1", 0, "a"));
        join.happened(click("r1", "u1", "a", 9));
        join.happened(click("r1", "u1", "a", 9));
        join.happened(click("r1", "u1", "a", 10));

        JoinCounts counts = join.finish();

        assertThat(counts.lists()).isEqualTo(1);
        assertThat(counts.repeatedLists()).isEqualTo(1);
        assertThat(counts.repeatedOutcomes()).isEqualTo(1);
        assertThat(counts.count(Fate.BY_REQUEST)).isEqualTo(2);
    }

    @Test
    void tooManyMissingListsMakeRatesLowerBounds() {
        join.shown(list("r1", "u1", 0, "a"));
        for (int second = 0; second < 19; second++) {
            join.happened(click("r1", "u1", "a", second));
        }
        join.happened(click("lost", "u1", "a", 1));
        join.happened(click("", "u9", "a", 1)); // came without a list, and says nothing

        JoinCounts atFloor = join.finish();
        assertThat(atFloor.found()).contains(new Rate(19, 20));
        assertThat(atFloor.isBelowFloor()).isFalse();

        join.happened(click("lost", "u1", "b", 1));
        assertThat(join.finish().isBelowFloor()).isTrue();
    }

    @Test
    void aListLeavesOnceItsWindowIsOver() {
        List<JoinedList> left = new ArrayList<>();
        OutcomeJoin settled = new OutcomeJoin(WINDOW, left::add);
        settled.shown(list("r1", "u1", 0, "a"));
        settled.settle(at(100));
        assertThat(left).isEmpty();

        settled.settle(at(101));

        assertThat(left).hasSize(1);
    }

    @Test
    void aWindowOfNothingIsRefused() {
        assertThatThrownBy(() -> new OutcomeJoin(Duration.ZERO, this::take)).hasMessageContaining("expected above 0");
    }
}
