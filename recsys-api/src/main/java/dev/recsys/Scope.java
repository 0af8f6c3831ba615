package dev.recsys;

/**
 * The pair that everything belongs to: a tenant (one customer or shop) and a surface (one place where
 * recommendations are shown, such as {@code home} or {@code cart}).
 *
 * <p>Names are case-sensitive and consist of 1 to 64 ASCII characters: first a letter or digit, then letters, digits
 * and any of {@code . _ - : @}. Anything else is refused, so that a name can never leave its place in a store and two
 * names that look alike cannot be different.
 *
 * @param tenant the tenant's name
 * @param surface the surface's name
 */
public record Scope(String tenant, String surface) implements Comparable<Scope> {
    /**
     * Checks both names.
     *
     * @throws IllegalArgumentException if a name breaks the rule; the message says which, where, and what is expected
     */
    public Scope {
        Names.requireName("tenant", tenant);
        Names.requireName("surface", surface);
    }

    /** Orders by tenant, then by surface. */
    @Override
    public int compareTo(Scope other) {
        int byTenant = tenant.compareTo(other.tenant);
        return byTenant != 0 ? byTenant : surface.compareTo(other.surface);
    }

    /** Returns {@code tenant/surface}. */
    @Override
    public String toString() {
        return tenant + "/" + surface;
    }

    // Written out, as in all names that a start compares: to link the first generated one takes a fresh process 40 ms.
    @Override
    public boolean equals(Object object) {
        return object instanceof Scope other && tenant.equals(other.tenant) && surface.equals(other.surface);
    }

    @Override
    public int hashCode() {
        return 31 * tenant.hashCode() + surface.hashCode();
    }
}
