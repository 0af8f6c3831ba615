package dev.recsys.serve;

import dev.recsys.Degradation;
import dev.recsys.Degradation.Kind;
import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.Recommender;
import dev.recsys.Scope;
import dev.recsys.control.Tenant;
import dev.recsys.control.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves each tenant from where its configuration says, artifacts or tables, by the request: a tenant moves when the
 * configuration changes, without a restart and without a gap. While the recommender that a tenant moved to has nothing
 * loaded of a surface, it begins to, and the one that the tenant came from answers if it has; the answer says so.
 *
 * <p>Both should be made alike but for their store and the folder of their local copies, which each needs for itself. The
 * one that a tenant left keeps its surfaces fresh, so that the way back is as short, until it needs their room. Where the
 * source of tenants fails, what it said last holds. Safe for concurrent use.
 */
public final class SwitchingRecommender implements Recommender {
    private final EmbeddedRecommender artifacts;
    private final EmbeddedRecommender tables;
    private final Tenants tenants;
    private final Map<String, Tenant> saidLast = new ConcurrentHashMap<>(); // [tenant]

    /**
     * Switches between two recommenders, which stay the caller's.
     *
     * @param artifacts serves from an object store
     * @param tables serves from tables of a database
     * @param tenants says who is served from where
     */
    public SwitchingRecommender(EmbeddedRecommender artifacts, EmbeddedRecommender tables, Tenants tenants) {
        this.artifacts = artifacts;
        this.tables = tables;
        this.tenants = tenants;
    }

    @Override
    public Recommendations recommend(RecommendationRequest request) {
        Scope scope = request.scope();
        Tenant tenant = tenant(scope);
        boolean fromTables = tenant.serving() == Tenant.Serving.TABLES;
        EmbeddedRecommender chosen = fromTables ? tables : artifacts;
        EmbeddedRecommender other = fromTables ? artifacts : tables;
        boolean isSuspended = tenant.status() == Tenant.Status.SUSPENDED; // there is nothing to load for it
        if (isSuspended || chosen.hasLoaded(scope) || !other.hasLoaded(scope)) {
            return chosen.recommend(request);
        }
        chosen.begin(scope);
        return inPlaceOf(fromTables ? "tables" : "artifacts", other.recommend(request));
    }

    /** Returns the recommender that a surface's tenant is to be served by, for its status, explanations and preloading. */
    public EmbeddedRecommender chosen(Scope scope) {
        return tenant(scope).serving() == Tenant.Serving.TABLES ? tables : artifacts;
    }

    /** Does nothing: both recommenders stay the caller's. */
    @Override
    public void close() {}

    private Tenant tenant(Scope scope) {
        Tenant last = saidLast.getOrDefault(scope.tenant(), Tenant.ACTIVE);
        try {
            Tenant now = tenants.current(scope);
            if (!now.equals(last)) {
                saidLast.put(scope.tenant(), now);
            }
            return now;
        } catch (RuntimeException e) { // the source tells its operators; a request is not to fail of it
            return last;
        }
    }

    private static Recommendations inPlaceOf(String chosen, Recommendations answer) {
        List<Degradation> degradations = new ArrayList<>(answer.degradations());
        degradations.add(new Degradation(
                Kind.OTHER_SERVING, "the tenant is to be served from " + chosen + ", of which nothing is loaded yet"));
        degradations.sort(Answers.WORST_FIRST);
        return answer.withDegradations(degradations);
    }
}
