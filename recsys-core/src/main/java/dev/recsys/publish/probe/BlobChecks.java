package dev.recsys.publish.probe;

import static dev.recsys.publish.probe.RuleBroken.unless;

import dev.recsys.DamagedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStat;
import dev.recsys.store.BlobStore;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.CreateResult;
import dev.recsys.store.ReadResult;
import dev.recsys.store.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The rules about blobs. */
final class BlobChecks {
    private static final int CREATES_TRIED = 3;
    private static final int[] SIZES_BYTES = {0, 1, 64 * 1024, 1024 * 1024};
    private static final int PAGE = 7;

    private final ProbeRun run;
    private final ProbeKeys keys;
    private final BlobStore first;
    private final BlobStore last;

    BlobChecks(ProbeRun run) {
        this.run = run;
        this.keys = run.keys();
        this.first = run.endpoint(0);
        this.last = run.endpoint(run.endpoints().size() - 1);
    }

    void run(Racers racers) {
        run.check(StoreRule.ABSENT, () -> absent(keys.blob("never")));
        run.check(StoreRule.SEEN_EVERYWHERE, this::seenEverywhere);
        run.check(StoreRule.CREATE_ONCE, this::createOnce);
        run.check(StoreRule.ONE_CREATOR, () -> oneCreator(racers));
        run.check(StoreRule.BYTE_EXACT, this::byteExact);
        run.check(StoreRule.BYTE_LIMIT, this::byteLimit);
        run.check(StoreRule.LISTING, this::listing);
        run.check(StoreRule.DELETE, this::delete);
    }

    private String absent(BlobKey key) throws RuleBroken {
        for (BlobStore endpoint : run.endpoints()) {
            ReadResult read = run.read(endpoint, key, BlobVersion.ABSENT);
            unless(read instanceof ReadResult.Absent, "a read of a key that was never written answered " + name(read));
            unless(endpoint.stat(key, run.timeout()).isEmpty(), "a key that was never written has a length");
            unless(
                    !endpoint.copyTo(key, OutputStream.nullOutputStream(), 1, run.timeout()),
                    "a key that was never written can be copied");
        }
        return "read, stat and copy of a key that was never written";
    }

    /** An endpoint that remembers what it did not find shows here. */
    private String seenEverywhere() throws RuleBroken {
        BlobKey key = keys.blob("seen");
        for (BlobStore endpoint : run.endpoints()) {
            run.read(endpoint, key, BlobVersion.ABSENT);
            endpoint.stat(key, run.timeout());
        }
        run.create(first, key, new byte[] {1, 2, 3});
        for (BlobStore endpoint : run.endpoints()) {
            unless(
                    run.read(endpoint, key, BlobVersion.ABSENT) instanceof ReadResult.Found,
                    "a blob that was created is absent to a read that had found it absent before");
            unless(
                    endpoint.stat(key, run.timeout()).isPresent(),
                    "a blob that was created has no length to one who had asked before");
        }
        return "a blob through " + run.endpointsInWords();
    }

    /** A create whose answer got lost may have been made; then another key tells. */
    private String createOnce() throws RuleBroken {
        for (int tries = 1; ; tries++) {
            try {
                return createOnce(keys.numbered("once", tries));
            } catch (StoreUnavailableException e) {
                if (tries == CREATES_TRIED) {
                    throw e;
                }
                run.pause(tries);
            }
        }
    }

    private String createOnce(BlobKey key) throws RuleBroken {
        byte[] bytes = {1, 2, 3};
        CreateResult created = run.createInOneTry(first, key, bytes);
        unless(created instanceof CreateResult.Created, "the first create answered " + created);
        CreateResult again = run.create(last, key, new byte[] {9, 9, 9, 9, 9});
        unless(
                again.equals(new CreateResult.Exists(bytes.length)),
                "the second create answered " + again + ", expected that a blob of 3 bytes exists");
        requireContent(key, bytes);
        CreateResult same = run.create(first, key, bytes);
        unless(same.equals(new CreateResult.Exists(bytes.length)), "a create of the same bytes answered " + same);
        return "two creates of other and of the same bytes";
    }

    private String oneCreator(Racers racers) throws RuleBroken {
        int rounds = Math.max(1, run.settings().rounds() / 4);
        for (int round = 0; round < rounds; round++) {
            BlobKey key = keys.numbered("race", round);
            List<CreateResult> results =
                    racers.race(racer -> run.create(run.endpoint(racer), key, content(100 + racer, racer)));
            List<Integer> creators = IntStream.range(0, results.size())
                    .filter(i -> results.get(i) instanceof CreateResult.Created)
                    .boxed()
                    .toList();
            // none: an answer was lost, and the create that was tried again found its own blob
            unless(creators.size() <= 1, creators.size() + " of " + results.size() + " creates were told Created");
            if (creators.size() == 1) {
                int creator = creators.get(0);
                requireContent(key, content(100 + creator, creator));
            }
        }
        return rounds + " rounds of " + racers.count() + " writers";
    }

    private String byteExact() throws RuleBroken {
        List<Integer> sizes = new ArrayList<>();
        for (int sizeBytes : SIZES_BYTES) {
            sizes.add(sizeBytes);
        }
        if (!sizes.contains(run.settings().largestBlobBytes())) {
            sizes.add(run.settings().largestBlobBytes());
        }
        for (int sizeBytes : sizes) {
            BlobKey key = keys.blob("bytes-" + sizeBytes);
            byte[] bytes = content(sizeBytes, sizeBytes);
            run.create(first, key, bytes);
            requireContent(key, bytes);
            requireStat(key, bytes);
        }
        return "blobs of " + sizes + " bytes";
    }

    private void requireStat(BlobKey key, byte[] bytes) throws RuleBroken {
        Optional<BlobStat> stat = last.stat(key, run.timeout());
        unless(
                stat.isPresent() && stat.get().sizeBytes() == bytes.length,
                "a blob of " + bytes.length + " bytes has the length "
                        + stat.map(found -> String.valueOf(found.sizeBytes())).orElse("of nothing"));
        Optional<Sha256> digest = stat.flatMap(BlobStat::sha256);
        unless(
                digest.isEmpty() || digest.get().equals(Sha256.of(bytes)),
                "the store keeps another digest than that of the blob's bytes");
    }

    private String byteLimit() throws RuleBroken {
        BlobKey key = keys.blob("limit");
        run.create(first, key, new byte[100]);
        try {
            last.read(key, BlobVersion.ABSENT, 99, run.timeout());
        } catch (DamagedException e) {
            return "100 bytes to a reader that allows 99";
        }
        throw new RuleBroken("100 bytes came to a reader that allows 99");
    }

    private String listing() throws RuleBroken {
        List<String> expected = new ArrayList<>();
        // what UTF-8 orders, and a dictionary does not
        for (String name : new String[] {"a", "a-b", "a.b", "a0", "a_b", "a%2fb", "ab/c", "ab-c"}) {
            expected.add(create("list/" + name));
        }
        for (int i = 0; i < run.settings().listedBlobs(); i++) {
            expected.add(create("list/many/" + keys.numbered("n", i).segments().get(4)));
        }
        Collections.sort(expected);
        String prefix = keys.prefix() + "list/";
        requireEqual(expected, paths(last.list(prefix, "", expected.size() + 10, run.timeout())), "at once");
        requireEqual(expected, inPages(prefix, Math.max(PAGE, expected.size() / 5)), "in pages");
        return expected.size() + " keys, at once and in pages";
    }

    private String create(String name) {
        BlobKey key = keys.blob(name);
        run.create(first, key, new byte[] {1});
        return key.path();
    }

    private List<String> inPages(String prefix, int page) throws RuleBroken {
        List<String> all = new ArrayList<>();
        String after = "";
        List<String> next = paths(last.list(prefix, after, page, run.timeout()));
        while (!next.isEmpty()) {
            unless(next.size() <= page, "a page of at most " + page + " keys has " + next.size());
            unless(next.get(0).compareTo(after) > 0, "the page after " + after + " begins with " + next.get(0));
            all.addAll(next);
            after = next.get(next.size() - 1);
            next = next.size() < page ? List.of() : paths(last.list(prefix, after, page, run.timeout()));
        }
        return all;
    }

    private static List<String> paths(List<BlobKey> keys) {
        return keys.stream().map(BlobKey::path).toList();
    }

    private static void requireEqual(List<String> expected, List<String> found, String how) throws RuleBroken {
        unless(
                found.size() == expected.size(),
                "a listing " + how + " has " + found.size() + " keys, expected " + expected.size());
        for (int i = 0; i < expected.size(); i++) {
            unless(
                    found.get(i).equals(expected.get(i)),
                    "a listing " + how + " has " + found.get(i) + " where " + expected.get(i) + " was expected");
        }
    }

    private String delete() throws RuleBroken {
        BlobKey key = keys.blob("gone");
        run.create(first, key, new byte[] {1});
        first.delete(key, run.timeout());
        ReadResult read = run.read(last, key, BlobVersion.ABSENT);
        unless(read instanceof ReadResult.Absent, "a blob that was deleted is still read: " + name(read));
        unless(last.stat(key, run.timeout()).isEmpty(), "a blob that was deleted still has a length");
        first.delete(key, run.timeout());
        try {
            first.delete(keys.register(), run.timeout());
        } catch (IllegalArgumentException e) {
            return "a blob, the same blob again, and a register";
        }
        throw new RuleBroken("a delete of a register was not refused");
    }

    private void requireContent(BlobKey key, byte[] expected) throws RuleBroken {
        for (BlobStore endpoint : run.endpoints()) {
            ByteArrayOutputStream found = new ByteArrayOutputStream(expected.length);
            boolean isThere = endpoint.copyTo(key, found, Math.max(1, expected.length), run.timeout());
            unless(isThere, "a blob of " + expected.length + " bytes that was created is absent");
            unless(
                    Sha256.of(found.toByteArray()).equals(Sha256.of(expected)),
                    "wrote " + expected.length + " bytes and read " + found.size() + " others");
        }
    }

    private static byte[] content(int sizeBytes, long seed) {
        byte[] bytes = new byte[sizeBytes];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    static String name(ReadResult result) {
        return result.getClass().getSimpleName();
    }
}
