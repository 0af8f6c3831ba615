package dev.recsys.publish.probe;

import java.util.Locale;

/** A rule of the contract in {@link dev.recsys.store.BlobStore}, with the line of the contract that it belongs to. */
public enum StoreRule {
    /** Line 1. */
    SEEN_EVERYWHERE(1, "what was written is seen by every later read, through every endpoint"),
    /** Line 2. */
    WHOLE_READS(2, "a read beside swaps finds one whole body, and never an older one after a newer one"),
    /** Line 3. */
    ONE_WINNER(3, "of several swaps from one version at most one is applied, and its body is the one that stays"),
    /** Line 3. */
    NO_LOST_SWAP(3, "a counter that several writers increment by swaps ends exact"),
    /** Line 4. */
    ABSENT_ONCE(4, "a swap that expects nothing is a mismatch where there is something"),
    /** Line 4. */
    STALE_SWAP(4, "a swap from a version that was replaced is a mismatch, and changes nothing"),
    /** Line 4. */
    DISTINCT_VERSIONS(4, "different bytes never share a version"),
    /** Line 5. */
    ONE_ATTEMPT(5, "a compare-and-set makes exactly one attempt on the wire"),
    /** Line 6. */
    APPLIED_SWAP(6, "a swap from the current version is applied, and answers the version that readers see"),
    /** Line 7. */
    ABSENT(7, "what was never written is absent to every call, and a swap from a version of it is a mismatch"),
    /** Line 8. */
    CREATE_ONCE(8, "a second create answers the length of the first, and touches nothing"),
    /** Line 8. */
    ONE_CREATOR(8, "of several creates of one key one is told that it created"),
    /** Line 9. */
    BYTE_EXACT(9, "a blob of any size reads back byte for byte"),
    /** Line 9. */
    NOT_MODIFIED(9, "a read unless the current version is not modified, and unless an older one finds the newer"),
    /** Line 9. */
    BYTE_LIMIT(9, "content longer than the reader allows is refused"),
    /** Line 10. */
    DURABLE(10, "what was reported as applied or created survives a loss of power"),
    /** Line 11. */
    LISTING(11, "a listing is complete, and ordered by UTF-8 bytes"),
    /** Line 11. */
    DELETE(11, "a deleted blob is absent, a second delete does nothing, and a register is not deleted"),
    /** Line 12. */
    LIFECYCLE(12, "an interrupt leaves no partial object and keeps the flag; close is idempotent");

    private final int line;
    private final String sentence;

    StoreRule(int line, String sentence) {
        this.line = line;
        this.sentence = sentence;
    }

    /** Returns the number of the contract's line, from 1 to 12. */
    public int line() {
        return line;
    }

    /** Returns the rule as a sentence. */
    public String sentence() {
        return sentence;
    }

    /** Returns the name as it is recorded, such as {@code one-winner}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
