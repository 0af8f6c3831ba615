package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Events;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** One question a user: what training has of the user is the query, what test has is to be found. */
final class UserQuestions implements Questions {
    /** The order in which users are summed must not depend on how they happen to be numbered. */
    private static final Comparator<Question> ORDER =
            Comparator.comparing(Question::targets, Arrays::compare).thenComparing(Question::recent, Arrays::compare);

    private final List<Question> questions;
    private final boolean ordered;

    private UserQuestions(List<Question> questions, boolean ordered) {
        questions.sort(ORDER);
        this.questions = questions;
        this.ordered = ordered;
    }

    /**
     * The questions of {@link Protocol#NEXT_PERIOD} and of {@link Protocol#LEAVE_LAST_OUT}.
     *
     * @param test users have the numbers that they have in {@code train}
     * @param onlyKnown whether items that training does not know are no targets, or else misses
     */
    static UserQuestions ordered(Events train, Events test, KnownItems items, boolean onlyKnown) {
        return new UserQuestions(
                questions(
                        train,
                        test,
                        items,
                        onlyKnown ? item -> item >= 0 && item < train.itemCount() : item -> true,
                        1),
                true);
    }

    /** The questions of {@link Protocol#RANKING}; users have the same numbers in both. */
    static UserQuestions unordered(Events train, Events test, KnownItems items) {
        return new UserQuestions(questions(train, test, items, item -> true, 0), false);
    }

    @Override
    public int groups() {
        return questions.size();
    }

    @Override
    public List<Question> group(int group) {
        return List.of(questions.get(group));
    }

    @Override
    public boolean isOrdered() {
        return ordered;
    }

    private static List<Question> questions(
            Events train, Events test, KnownItems items, IntPredicate isTarget, int fewestRecent) {
        int[] trainNumbers = items.numbersOf(train);
        int[] testNumbers = items.numbersOf(test);
        Histories before = new Histories(train);
        Histories after = new Histories(test);
        List<Question> questions = new ArrayList<>();
        for (int user = 0; user < after.users(); user++) {
            int[] recent = Arrays.stream(before.recentItems(user))
                    .map(item -> trainNumbers[item])
                    .toArray();
            int[] had = recent.clone();
            Arrays.sort(had);
            int[] targets = IntStream.of(after.recentItems(user))
                    .map(item -> testNumbers[item])
                    .filter(isTarget)
                    .filter(item -> item < 0 || Arrays.binarySearch(had, item) < 0)
                    .sorted()
                    .toArray();
            if (recent.length >= fewestRecent && targets.length > 0) {
                questions.add(new Question(recent, targets));
            }
        }
        return questions;
    }
}
