package dev.recsys.publish.probe;

import static dev.recsys.publish.probe.RuleBroken.unless;

import dev.recsys.DamagedException;
import dev.recsys.store.Blob;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import dev.recsys.store.SwapResult;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The rules about one register, tried step by step by one writer at a time. */
final class RegisterChecks {
    private final ProbeRun run;
    private final BlobStore first;
    private final BlobStore last;
    private long number = 1_000_000; // apart from what races write

    RegisterChecks(ProbeRun run) {
        this.run = run;
        this.first = run.endpoint(0);
        this.last = run.endpoint(run.endpoints().size() - 1);
    }

    /** What has to be tried before the register is there. */
    void beforeTheFirstSwap() {
        run.check(StoreRule.ABSENT, this::absent);
    }

    /** What is tried on a register that is there. */
    void run() {
        run.check(StoreRule.ABSENT_ONCE, this::absentOnce);
        run.check(StoreRule.APPLIED_SWAP, this::appliedSwap);
        run.check(StoreRule.SEEN_EVERYWHERE, this::seenEverywhere);
        run.check(StoreRule.STALE_SWAP, this::staleSwap);
        run.check(StoreRule.DISTINCT_VERSIONS, this::distinctVersions);
        run.check(StoreRule.NOT_MODIFIED, this::notModified);
        run.check(StoreRule.BYTE_LIMIT, this::byteLimit);
    }

    private ProbeBody nextBody() {
        return new ProbeBody(number++, 0);
    }

    private String absent() throws RuleBroken {
        for (BlobStore endpoint : run.endpoints()) {
            ReadResult read = run.read(endpoint, run.keys().register(), BlobVersion.ABSENT);
            unless(
                    read instanceof ReadResult.Absent,
                    "a register that was never written answered " + BlobChecks.name(read));
        }
        BlobKey other = run.keys().blob("other-version");
        run.create(first, other, new byte[] {1});
        if (run.read(first, other, BlobVersion.ABSENT) instanceof ReadResult.Found found) {
            SwapResult result = run.swap(first, found.blob().version(), nextBody());
            unless(
                    result instanceof SwapResult.Mismatch,
                    "a swap of an absent register from a version of something else was " + name(result));
            ReadResult after = run.read(last, run.keys().register(), BlobVersion.ABSENT);
            unless(after instanceof ReadResult.Absent, "that swap left something in the register");
        }
        return "reads of a register that was never written, and a swap of it from another's version";
    }

    private String absentOnce() throws RuleBroken {
        Blob before = run.register(first);
        for (BlobStore endpoint : run.endpoints()) {
            requireRefused(endpoint, BlobVersion.ABSENT, before, "a swap that expects nothing");
        }
        return "a swap that expects nothing, through " + run.endpointsInWords();
    }

    private String appliedSwap() throws RuleBroken {
        Blob before = run.register(first);
        ProbeBody body = nextBody();
        SwapResult result = run.swap(first, before.version(), body);
        if (!(result instanceof SwapResult.Applied applied)) {
            throw new RuleBroken("a swap from the current version was " + name(result));
        }
        Blob after = run.register(last);
        unless(Arrays.equals(after.bytes(), body.bytes()), "a swap was applied, and another body is read");
        unless(after.version().equals(applied.version()), "a swap answered another version than the one that is read");
        SwapResult next = run.swap(last, new BlobVersion(after.version().token()), nextBody());
        unless(next instanceof SwapResult.Applied, "a swap from a version that was read was " + name(next));
        return "two swaps, the second from the version that another endpoint read";
    }

    private String seenEverywhere() throws RuleBroken {
        int swaps = 3;
        for (int i = 0; i < swaps; i++) {
            ProbeBody body = nextBody();
            BlobStore writer = run.endpoint(i);
            run.swap(writer, run.register(writer).version(), body);
            for (BlobStore reader : run.endpoints()) {
                byte[] found = run.register(reader).bytes();
                unless(Arrays.equals(found, body.bytes()), "a swap was applied, and a later read finds an older body");
            }
        }
        return swaps + " swaps through " + run.endpointsInWords();
    }

    /** A, B, and what looks like A again: who still holds the first version has lost. */
    private String staleSwap() throws RuleBroken {
        BlobVersion a = run.register(first).version();
        run.swap(first, a, nextBody());
        BlobVersion b = run.register(first).version();
        requireRefused(last, a, run.register(first), "a swap from the version before");
        run.swap(last, b, nextBody());
        Blob current = run.register(last);
        requireRefused(first, a, current, "a swap from the version before the last two");
        requireRefused(first, b, current, "a swap from the version before");
        return "swaps from the version before, and from the one before that";
    }

    private void requireRefused(BlobStore endpoint, BlobVersion expected, Blob current, String what) throws RuleBroken {
        SwapResult result = run.swap(endpoint, expected, nextBody());
        unless(result instanceof SwapResult.Mismatch, what + " was " + name(result) + ", expected Mismatch");
        unless(
                Arrays.equals(run.register(first).bytes(), current.bytes()),
                what + " was told Mismatch, and changed the register");
    }

    private String distinctVersions() throws RuleBroken {
        int bodies = 8;
        Set<BlobVersion> versions = new HashSet<>();
        for (int i = 0; i < bodies; i++) {
            BlobVersion version = run.register(first).version();
            unless(versions.add(version), "two bodies of one length have one version");
            unless(!version.equals(BlobVersion.ABSENT), "a body has the version that stands for nothing");
            run.swap(first, version, nextBody());
        }
        return bodies + " bodies of one length";
    }

    private String notModified() throws RuleBroken {
        BlobVersion older = run.register(first).version();
        ProbeBody body = nextBody();
        run.swap(first, older, body);
        BlobVersion current = run.register(first).version();
        for (BlobStore endpoint : run.endpoints()) {
            ReadResult same = run.read(endpoint, run.keys().register(), current);
            unless(
                    same instanceof ReadResult.NotModified,
                    "a read unless the current version answered " + BlobChecks.name(same));
            ReadResult newer = run.read(endpoint, run.keys().register(), older);
            unless(
                    newer instanceof ReadResult.Found found
                            && Arrays.equals(found.blob().bytes(), body.bytes()),
                    "a read unless an older version answered " + BlobChecks.name(newer));
        }
        return "reads unless the current version, and unless the one before";
    }

    private String byteLimit() throws RuleBroken {
        try {
            first.read(run.keys().register(), BlobVersion.ABSENT, ProbeBody.BYTES - 1, run.timeout());
        } catch (DamagedException e) {
            return "a register to a reader that allows one byte less";
        }
        throw new RuleBroken("a register came to a reader that allows one byte less");
    }

    static String name(SwapResult result) {
        return result.getClass().getSimpleName();
    }
}
