package dev.recsys.store.fs;

import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that says that it is ready, waits for a line, and counts a register up: {@code <root> <times>}. */
final class IncrementingProcess {
    private IncrementingProcess() {}

    public static void main(String[] arguments) throws IOException {
        FileBlobStore store = FileBlobStore.at(Path.of(arguments[0]));
        System.out.println("ready");
        if (System.in.read() < 0) {
            throw new IOException("nobody said go");
        }
        int mismatches = 0;
        for (int done = 0; done < Integer.parseInt(arguments[1]); ) {
            SwapResult result = increment(store);
            if (result instanceof SwapResult.Applied) {
                done++;
            } else if (result instanceof SwapResult.Mismatch) {
                mismatches++;
            } else {
                throw new IllegalStateException("on a healthy disk every outcome is known, found " + result);
            }
        }
        System.out.println("mismatches " + mismatches);
    }

    private static SwapResult increment(FileBlobStore store) {
        if (Stores.tryRead(store, Stores.REGISTER) instanceof ReadResult.Found found) {
            int count = Integer.parseInt(new String(found.blob().bytes(), StandardCharsets.UTF_8));
            return Stores.trySwap(store, found.blob().version(), Integer.toString(count + 1));
        }
        return Stores.trySwap(store, BlobVersion.ABSENT, "1");
    }
}
