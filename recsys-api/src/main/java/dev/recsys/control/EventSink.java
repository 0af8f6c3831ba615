package dev.recsys.control;

/**
 * Takes what was shown.
 *
 * <p>Guarantees an implementation gives: it returns at once, without I/O, for it is called on the request path; it is safe
 * for concurrent use. An exception is logged and changes nothing.
 */
@FunctionalInterface
public interface EventSink {
    /** Takes one answer that was given, with all that it was made of. */
    void exposed(Exposure exposure);
}
