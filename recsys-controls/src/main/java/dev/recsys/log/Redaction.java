package dev.recsys.log;

import dev.recsys.RecommendationRequest;
import dev.recsys.control.Exposure;
import dev.recsys.control.Outcome;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * What of a record is written to a log: users under other names, and of the request's context what is named. Immutable; safe
 * for concurrent use as far as what it asks is.
 */
public final class Redaction {
    private final BinaryOperator<String> names; // by tenant and user
    private final boolean isWhole; // the context
    private final Set<String> contextKeys;
    private final Supplier<String> requestIds;

    private Redaction(
            BinaryOperator<String> names, boolean isWhole, Set<String> contextKeys, Supplier<String> requestIds) {
        this.names = names;
        this.isWhole = isWhole;
        this.contextKeys = contextKeys;
        this.requestIds = requestIds;
    }

    private static String atRandom() {
        return UUID.randomUUID().toString();
    }

    /** Writes users under the names that the current key gives, and nothing of the context; keys may be rotated meanwhile. */
    public static Redaction pseudonyms(Supplier<PseudonymKeys> keys) {
        return new Redaction(
                (tenant, user) -> keys.get().pseudonym(tenant, user), false, Set.of(), Redaction::atRandom);
    }

    /** Writes users' ids and the whole context as they are, where the law and whoever reads the log allow it. */
    public static Redaction rawUsers() {
        return new Redaction((tenant, user) -> user, true, Set.of(), Redaction::atRandom);
    }

    /** Says which entries of the request's context are written, such as {@code campaign}. */
    public Redaction keepContext(Set<String> keys) {
        return new Redaction(names, isWhole, Set.copyOf(keys), requestIds);
    }

    /** Says how requests are named that have no id; by default at random. */
    public Redaction requestIds(Supplier<String> ids) {
        return new Redaction(names, isWhole, contextKeys, ids);
    }

    /** Returns what is written of an exposure; its request has an id. */
    public Exposure of(Exposure exposure) {
        RecommendationRequest request = exposure.request();
        RecommendationRequest.Builder changed = request.toBuilder();
        request.user()
                .ifPresent(user -> changed.user(names.apply(request.scope().tenant(), user)));
        if (request.requestId().isEmpty()) {
            changed.requestId(requestIds.get());
        }
        if (!isWhole) {
            Map<String, String> context = new TreeMap<>(request.context());
            context.keySet().retainAll(contextKeys);
            changed.context(context);
        }
        return exposure.withRequest(changed.build());
    }

    /** Returns what is written of an outcome. */
    public Outcome of(Outcome outcome) {
        return outcome.withUser(names.apply(outcome.scope().tenant(), outcome.user()));
    }
}
