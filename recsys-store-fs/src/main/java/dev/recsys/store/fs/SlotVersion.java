package dev.recsys.store.fs;

import dev.recsys.store.BlobVersion;
import dev.recsys.store.Sha256;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a register's value: its number, and the beginning of its content's digest, so that another value of the
 * same number in a folder that was restored from a backup is not taken for it. Number 0 stands for absent.
 */
record SlotVersion(long number, String digest) {
    private static final Pattern TOKEN = Pattern.compile("([1-9][0-9]{0,17})-([0-9a-f]{32})");

    static SlotVersion of(long number, byte[] content) {
        return new SlotVersion(number, Sha256.of(content).hex().substring(0, 32));
    }

    /** Returns empty for a token that this kind of store never issues. */
    static Optional<SlotVersion> parse(BlobVersion version) {
        if (version.equals(BlobVersion.ABSENT)) {
            return Optional.of(new SlotVersion(0, ""));
        }
        Matcher token = TOKEN.matcher(version.token());
        return token.matches()
                ? Optional.of(new SlotVersion(Long.parseLong(token.group(1)), token.group(2)))
                : Optional.empty();
    }

    boolean isAbsent() {
        return number == 0;
    }

    BlobVersion toVersion() {
        return new BlobVersion(number + "-" + digest);
    }
}
