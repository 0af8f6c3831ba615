package dev.recsys.pipelines.evaluate;

import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.signals.SessionOrder;
import dev.recsys.pipelines.signals.SessionSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The questions of {@link Protocol#NEXT_ITEM}, one group a session; made anew whenever they are asked for. */
final class SessionQuestions implements Questions {
    /** A session of a robot must not count more work than its share. */
    private static final int MOST_QUESTIONS = 50;

    private final List<Session> sessions = new ArrayList<>();
    private final int[] numbers; // [item of the events] number, or -1

    /** The items of a session's events, in the order of time. */
    private static final class Session {
        private final long firstMillis;
        private final int[] items;

        Session(long firstMillis, int[] items) {
            this.firstMillis = firstMillis;
            this.items = items;
        }
    }

    SessionQuestions(Events events, SessionSettings settings, Instant split, KnownItems items) {
        this.numbers = items.numbersOf(events);
        SessionOrder order = new SessionOrder(events, settings);
        order.forEach((start, end) -> {
            long firstMillis = events.millis(order.event(start));
            int[] ofSession = IntStream.range(start, end)
                    .map(position -> events.itemOf(order.event(position)))
                    .toArray();
            boolean hasTwo = Arrays.stream(ofSession).anyMatch(item -> item != ofSession[0]);
            if (hasTwo && firstMillis >= split.toEpochMilli()) {
                sessions.add(new Session(firstMillis, ofSession));
            }
        });
        sessions.sort(Comparator.comparingLong((Session session) -> session.firstMillis)
                .thenComparing(session -> session.items, Arrays::compare));
    }

    @Override
    public int groups() {
        return sessions.size();
    }

    @Override
    public boolean isOrdered() {
        return true;
    }

    @Override
    public List<Question> group(int group) {
        List<Question> questions = new ArrayList<>();
        List<Integer> recent = new ArrayList<>(); // most recent first
        for (Integer item : sessions.get(group).items) {
            boolean known = recent.remove(item);
            if (!known && !recent.isEmpty() && questions.size() < MOST_QUESTIONS) {
                int[] query = recent.stream()
                        .mapToInt(before -> numbers[before])
                        .filter(number -> number >= 0)
                        .toArray();
                questions.add(new Question(query, new int[] {numbers[item]}));
            }
            recent.add(0, item);
        }
        return questions;
    }
}
