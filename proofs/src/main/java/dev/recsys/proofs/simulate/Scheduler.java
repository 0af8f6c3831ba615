package dev.recsys.proofs.simulate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs actors one at a time, each on a thread of its own, and chooses by chance who is next whenever one waits. The clock
 * is virtual: it goes on when nobody can run, and now and then by a little. What happens depends on the random numbers and
 * on nothing else.
 */
final class Scheduler {
    private static final int LITTLE_STEP_NANOS = 1_000_000;

    private final SplittableRandom random;
    private final Hands hands;
    private final Consumer<Throwable> failures;
    private final List<Event> ready = new ArrayList<>();
    private final PriorityQueue<Event> later = new PriorityQueue<>();
    private final Set<Actor> waiting = new LinkedHashSet<>();
    private final Actor main = new Actor("main", () -> {});
    private Actor running = main;
    private long nowNanos;
    private long order;
    private long events;
    private boolean over;

    /** The calling thread becomes the actor that the schedule ends with. */
    Scheduler(SplittableRandom random, Hands hands, Consumer<Throwable> failures) {
        this.random = random;
        this.hands = hands;
        this.failures = failures;
        main.hand = Hand.ofThisThread();
    }

    /** Something that waits for its turn. */
    static final class Actor {
        private final String name;
        private final Runnable body;
        private @Nullable Hand hand; // none before it starts

        private Actor(String name, Runnable body) {
            this.name = name;
            this.body = body;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private record Event(
            long dueNanos, long order, @Nullable Actor actor, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return dueNanos != other.dueNanos
                    ? Long.compare(dueNanos, other.dueNanos)
                    : Long.compare(order, other.order);
        }
    }

    long nowNanos() {
        return nowNanos;
    }

    long events() {
        return events;
    }

    boolean isOver() {
        return over;
    }

    Actor running() {
        return running;
    }

    /** Starts an actor after some time. */
    void start(String name, long delayNanos, Runnable body) {
        wake(new Actor(name, body), delayNanos);
    }

    /** Wakes an actor that is about to wait. */
    void wake(Actor actor, long delayNanos) {
        later.add(new Event(nowNanos + delayNanos, order++, actor, () -> {}));
    }

    /** Does something after some time that itself never waits. */
    void after(long delayNanos, Runnable action) {
        later.add(new Event(nowNanos + delayNanos, order++, null, action));
    }

    void sleep(long nanos) {
        wake(running, nanos);
        await();
    }

    /** Waits until the running actor is woken. */
    void await() {
        if (over) {
            throw new Crashed();
        }
        Actor me = running;
        Actor next = next();
        if (next != me) {
            waiting.add(me);
            pass(next);
            handOf(me).awaitBaton();
            waiting.remove(me);
        }
        if (over) {
            throw new Crashed();
        }
    }

    /** Ends every actor that still waits, as if its process died; called by the actor that made the scheduler. */
    void end() {
        over = true;
        for (Actor actor : List.copyOf(waiting)) {
            pass(actor);
            handOf(main).awaitBaton();
        }
    }

    private Actor next() {
        for (; ; ) {
            Event event = take();
            events++;
            if (event.actor != null) {
                return event.actor;
            }
            try {
                event.action.run();
            } catch (RuntimeException | Error e) {
                failures.accept(e);
            }
        }
    }

    private Event take() {
        nowNanos += random.nextInt(8) == 0 ? random.nextInt(LITTLE_STEP_NANOS) : 0;
        if (ready.isEmpty() && !later.isEmpty()) {
            nowNanos = Math.max(nowNanos, later.element().dueNanos);
        }
        while (!later.isEmpty() && later.element().dueNanos <= nowNanos) {
            ready.add(later.remove());
        }
        if (ready.isEmpty()) {
            throw new IllegalStateException("everybody waits and nothing will happen");
        }
        int chosen = random.nextInt(ready.size());
        Event last = ready.remove(ready.size() - 1);
        return chosen == ready.size() ? last : ready.set(chosen, last);
    }

    private void pass(Actor next) {
        running = next;
        Hand hand = next.hand;
        if (hand == null) {
            Hand taken = hands.take();
            taken.give(() -> work(taken, next));
        } else {
            hand.give(null);
        }
    }

    /** A hand whose actor has ended takes the next one over itself, if that has not started yet. */
    private void work(Hand hand, Actor first) {
        Actor actor = first;
        while (actor.hand == null) {
            actor.hand = hand;
            running = actor;
            try {
                actor.body.run();
            } catch (Crashed e) {
                // that is how a process ends
            } catch (RuntimeException | Error e) {
                failures.accept(e);
            }
            actor = over ? main : next();
        }
        hands.rest(hand);
        running = actor;
        handOf(actor).give(null);
    }

    private static Hand handOf(Actor actor) {
        if (actor.hand == null) {
            throw new IllegalStateException(actor + " has not started");
        }
        return actor.hand;
    }
}
