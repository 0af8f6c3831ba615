package dev.recsys.controls;

import dev.recsys.Scope;

/** Where something is configured: for one surface, or for all of a tenant's that have nothing of their own. Immutable. */
public final class Place {
    /** What stands for the surface where all of a tenant's are meant; no surface is named so. */
    static final String WHOLE_TENANT = "";

    private static final String ANY_SURFACE = "any";

    private final String tenant;
    private final String surface; // empty for all

    private Place(String tenant, String surface) {
        this.tenant = tenant;
        this.surface = surface;
    }

    /** Returns the place of what holds for one surface. */
    public static Place of(Scope scope) {
        return new Place(scope.tenant(), scope.surface());
    }

    /**
     * Returns the place of what holds for a whole tenant.
     *
     * @throws IllegalArgumentException if the name is not valid, see {@link Scope}
     */
    public static Place of(String tenant) {
        return new Place(new Scope(tenant, ANY_SURFACE).tenant(), WHOLE_TENANT);
    }

    /** Returns whose it is. */
    public String tenant() {
        return tenant;
    }

    /** Returns the surface; empty if it is that of a whole tenant. */
    public String surface() {
        return surface;
    }

    /** Returns whether it is that of one surface. */
    public boolean isSurface() {
        return !surface.isEmpty();
    }

    /** Returns the place of what holds for all surfaces of the tenant. */
    public Place tenantWide() {
        return new Place(tenant, WHOLE_TENANT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Place place && tenant.equals(place.tenant) && surface.equals(place.surface);
    }

    @Override
    public int hashCode() {
        return 31 * tenant.hashCode() + surface.hashCode();
    }

    /** Returns {@code tenant/surface}, or the tenant. */
    @Override
    public String toString() {
        return isSurface() ? tenant + "/" + surface : tenant;
    }
}
