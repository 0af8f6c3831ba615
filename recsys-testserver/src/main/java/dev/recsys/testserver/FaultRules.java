package dev.recsys.testserver;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which fault a request meets: those of one request first, in the order in which they were asked for. */
final class FaultRules {
    private final List<Rule> once = new ArrayList<>();
    private final List<Rule> always = new ArrayList<>();

    record Rule(Predicate<WireRequest> which, Timing timing, WireFault fault) {}

    synchronized void next(Rule rule) {
        once.add(rule);
    }

    synchronized void always(Rule rule) {
        always.add(rule);
    }

    synchronized void clear() {
        once.clear();
        always.clear();
    }

    synchronized Optional<Rule> take(WireRequest request) {
        Iterator<Rule> rules = once.iterator();
        while (rules.hasNext()) {
            Rule rule = rules.next();
            if (rule.which().test(request)) {
                rules.remove();
                return Optional.of(rule);
            }
        }
        return always.stream().filter(rule -> rule.which().test(request)).findFirst();
    }
}
