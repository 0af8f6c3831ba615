package dev.recsys.store;

/** What became of the one attempt that a compare-and-set makes. Nothing is rounded up or down. */
public sealed interface SwapResult {
    /**
     * The register holds the new bytes, durably.
     *
     * @param version their version
     */
    record Applied(BlobVersion version) implements SwapResult {}

    /**
     * The register did not have the expected version when the store looked. This attempt changed nothing; it proves
     * nothing about an earlier attempt with the same bytes.
     */
    record Mismatch() implements SwapResult {}

    /**
     * The attempt certainly had no effect and never will: it was not sent, or the store refused it before looking.
     *
     * @param cause why
     */
    record NotSent(Throwable cause) implements SwapResult {}

    /**
     * The attempt may have taken effect, may yet, or may not.
     *
     * @param cause why it is not known
     */
    record Unknown(Throwable cause) implements SwapResult {}
}
