package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.Baskets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The questions of {@link Protocol#BASKET}, one group a session; made anew whenever they are asked for. */
final class BasketQuestions implements Questions {
    private final Baskets baskets;
    private final int[] numbers; // [item of the events] number, or -1
    private final int[] sessions; // [group] basket

    BasketQuestions(Events events, Baskets baskets, Instant split, KnownItems items) {
        this.baskets = baskets;
        this.numbers = items.numbersOf(events);
        this.sessions = inOrder(split);
    }

    @Override
    public int groups() {
        return sessions.length;
    }

    @Override
    public boolean isOrdered() {
        return false;
    }

    @Override
    public List<Question> group(int group) {
        int[] items = items(sessions[group]);
        List<Question> questions = new ArrayList<>(items.length);
        for (int hidden : items) {
            int[] query = Arrays.stream(items)
                    .filter(item -> item != hidden && numbers[item] >= 0)
                    .map(item -> numbers[item])
                    .toArray();
            questions.add(new Question(query, new int[] {numbers[hidden]}));
        }
        return questions;
    }

    /** The order in which sessions are summed must not depend on how they happen to be numbered. */
    private int[] inOrder(Instant split) {
        return IntStream.range(0, baskets.count())
                .filter(basket -> baskets.end(basket) - baskets.start(basket) >= 2)
                .filter(basket ->
                        !Instant.ofEpochMilli(baskets.firstMillis(basket)).isBefore(split))
                .boxed()
                .sorted(this::compare)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int compare(int left, int right) {
        int byTime = Long.compare(baskets.firstMillis(left), baskets.firstMillis(right));
        return byTime != 0 ? byTime : Arrays.compare(items(left), items(right));
    }

    private int[] items(int basket) {
        return IntStream.range(baskets.start(basket), baskets.end(basket))
                .map(baskets::item)
                .toArray();
    }
}
