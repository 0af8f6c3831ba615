package dev.recsys.proofs.kill;

import dev.recsys.proofs.ForwardingBlobStore;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import dev.recsys.store.SwapResult;
import java.time.Duration;

/**
 * Makes a register's version the digest of its bytes, as the ETags of some object stores are. The contract allows that;
 * it makes equal bytes the danger that they are.
 */
final class ContentTokens extends ForwardingBlobStore {
    private static final long MAX_BYTES = 64 * 1024;

    ContentTokens(BlobStore store) {
        super(store);
    }

    @Override
    public ReadResult read(BlobKey key, BlobVersion unless, long maxBytes, Duration timeout) {
        if (!key.isRegister()) {
            return super.read(key, unless, maxBytes, timeout);
        }
        ReadResult result = super.read(key, BlobVersion.ABSENT, maxBytes, timeout);
        if (!(result instanceof ReadResult.Found found)) {
            return result;
        }
        BlobVersion version = tokenOf(found.blob());
        return version.equals(unless)
                ? new ReadResult.NotModified()
                : new ReadResult.Found(new Blob(found.blob().bytes(), version));
    }

    @Override
    public SwapResult compareAndSet(BlobKey register, BlobVersion expected, byte[] body, Duration timeout) {
        while (true) {
            ReadResult current = super.read(register, BlobVersion.ABSENT, MAX_BYTES, timeout);
            BlobVersion inner = BlobVersion.ABSENT;
            BlobVersion token = BlobVersion.ABSENT;
            if (current instanceof ReadResult.Found found) {
                inner = found.blob().version();
                token = tokenOf(found.blob());
            }
            if (!token.equals(expected)) {
                return new SwapResult.Mismatch();
            }
            SwapResult result = super.compareAndSet(register, inner, body, timeout);
            if (result instanceof SwapResult.Applied) {
                return new SwapResult.Applied(tokenOf(body));
            }
            if (!(result instanceof SwapResult.Mismatch)) {
                return result;
            }
        }
    }

    private static BlobVersion tokenOf(Blob blob) {
        return tokenOf(blob.bytes());
    }

    private static BlobVersion tokenOf(byte[] bytes) {
        return new BlobVersion(Sha256.of(bytes).hex());
    }
}
