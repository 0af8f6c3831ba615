package dev.recsys.proofs.simulate;

import dev.recsys.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Consumer;

/** Everything that happened in a schedule, as a digest; equal digests mean equal schedules. */
final class Trace {
    private final MessageDigest digest = Sha256.newDigest();
    private final Consumer<String> reader;

    /** Each line is also given to a reader. */
    Trace(Consumer<String> reader) {
        this.reader = reader;
    }

    void line(long nanos, Object who, String what) {
        String line = nanos / 1_000 + "us " + who + " " + what + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        reader.accept(line);
    }

    Sha256 sha256() {
        return Sha256.of(digest);
    }
}
