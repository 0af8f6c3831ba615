package dev.recsys.controls;

import dev.recsys.Scope;

/**
 * Where something is configured.
 *
 * @param tenant whose
 * @param surface of which surface; empty for all of the tenant's
 */
record Place(String tenant, String surface) {
    private static final String ANY_SURFACE = "any";

    static Place of(Scope scope) {
        return new Place(scope.tenant(), scope.surface());
    }

    /**
     * Returns the place of what holds for a whole tenant.
     *
     * @throws IllegalArgumentException if the name is not valid
     */
    static Place of(String tenant) {
        return new Place(new Scope(tenant, ANY_SURFACE).tenant(), "");
    }

    boolean isSurface() {
        return !surface.isEmpty();
    }

    Place tenantWide() {
        return new Place(tenant, "");
    }

    @Override
    public String toString() {
        return isSurface() ? tenant + "/" + surface : tenant;
    }
}
