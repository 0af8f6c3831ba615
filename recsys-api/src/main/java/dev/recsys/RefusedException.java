package dev.recsys;

import java.util.List;

/**
 * A gate, a hold or a listener of the publisher refused the operation before anything was uploaded.
 *
 * <p>Nothing changed. Mend the build, lift the hold, activate the tenant, or override the gates that {@link #refusals()}
 * names, as far as they can be, with a reason that is recorded.
 */
public final class RefusedException extends RecsysException {
    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> refusals;

    /**
     * Creates the exception.
     *
     * @param scope whose surface it was
     * @param refusals what refused, in the order in which the gates were asked; not empty
     */
    public RefusedException(Scope scope, List<Refusal> refusals) {
        super(message(scope, refusals), null);
        this.refusals = List.copyOf(refusals);
    }

    /** Returns what refused, in the order in which the gates were asked; never empty. */
    public List<Refusal> refusals() {
        return refusals;
    }

    private static String message(Scope scope, List<Refusal> refusals) {
        StringBuilder text = new StringBuilder("Refused for ").append(scope).append(':');
        refusals.forEach(
                refusal -> text.append(" [").append(refusal.gate()).append("] ").append(refusal.detail()));
        return text.toString();
    }

    /**
     * One refusal.
     *
     * @param gate the gate's name, such as {@code shrink}, {@code hold} or {@code tenant}
     * @param detail what was expected, what was found, and what to do
     */
    public record Refusal(String gate, String detail) {}
}
