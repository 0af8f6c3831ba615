package dev.recsys.internal.pointer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.Scope;
import dev.recsys.artifact.Hold;
import dev.recsys.artifact.Revision.Operation;
import dev.recsys.internal.JsonDocument;
import dev.recsys.internal.pointer.Pointer.Parent;
import dev.recsys.store.Sha256;
import dev.recsys.trust.SigningKey;
import dev.recsys.trust.TrustList;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The bytes of a pointer; its payload is described by {@code docs/schema/pointer-v1.schema.json}. */
public final class PointerCodec {
    /** The largest pointer, envelope included. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The largest number of signatures that a reader looks at. */
    public static final int MAX_SIGNATURES = Signatures.MAX;

    private static final int FORMAT = 1;
    /** The largest number of a revision. */
    public static final long MAX_SEQ = (1L << 53) - 1; // what every reader of JSON can tell apart (RFC 8259, section 6)
    /** The largest number of an epoch. */
    public static final long MAX_EPOCH = 1000; // a search through the history looks into every one

    private PointerCodec() {}

    /** Returns the bytes of a pointer that nobody signs; as {@link #encode(Pointer, List)}. */
    public static byte[] encode(Pointer pointer) {
        return encode(pointer, List.of());
    }

    /**
     * Returns the pointer's bytes, which were read back: what no reader could read is never written.
     *
     * @param signers who sign it
     * @throws IllegalArgumentException if there are more than {@link #MAX_BYTES}, or they do not read back as they are
     */
    public static byte[] encode(Pointer pointer, List<SigningKey> signers) {
        byte[] payload = payload(pointer);
        byte[] bytes = Envelope.wrap(payload, signers);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("the pointer of " + pointer.scope() + " would have " + bytes.length
                    + " bytes, at most " + MAX_BYTES + " are allowed; record less evidence");
        }
        Pointer readBack = decode(TrustList.ANYONE, pointer.scope(), "the new pointer of " + pointer.scope(), bytes);
        if (!Arrays.equals(payload(readBack), payload)) {
            throw new IllegalArgumentException(
                    "the new pointer of " + pointer.scope() + " would not read back as it is");
        }
        return bytes;
    }

    /**
     * Reads a pointer back.
     *
     * @param trust whose signature it must have
     * @param scope whose it must be
     * @param name what to call it in messages
     * @throws DamagedException if it is not sound, not signed as it must be, or another scope's
     * @throws NewerFormatException if this version may not read it
     */
    public static Pointer decode(TrustList trust, Scope scope, String name, byte[] bytes) {
        JsonDocument document = JsonDocument.parse(name, Envelope.unwrap(trust, name, bytes));
        long minReader = document.number("min_reader", 1);
        if (minReader > FORMAT) {
            throw new NewerFormatException(name + " needs a reader of format " + minReader
                    + "; this version of recsys reads up to " + FORMAT + ". Upgrade recsys here.");
        }
        if (!document.text("tenant").equals(scope.tenant())
                || !document.text("surface").equals(scope.surface())) {
            throw new DamagedException(name + " belongs to " + document.text("tenant") + "/" + document.text("surface")
                    + ", expected " + scope + ". It was copied from another scope; ship or roll back here instead.");
        }
        return parse(scope, document);
    }

    /**
     * Refuses to write after a revision that only newer writers may follow.
     *
     * @throws NewerFormatException if this version is too old
     */
    public static void requireWritable(String name, byte[] bytes) {
        long minWriter = JsonDocument.parse(name, Envelope.unwrap(TrustList.ANYONE, name, bytes))
                .number("min_writer", 1);
        if (minWriter > FORMAT) {
            throw new NewerFormatException(name + " needs a writer of format " + minWriter
                    + "; this version of recsys writes format " + FORMAT + ". Upgrade recsys here.");
        }
    }

    /** Returns whether a pointer has a signature, by whomsoever. */
    public static boolean isSigned(String name, byte[] bytes) {
        return Envelope.isSigned(name, bytes);
    }

    /**
     * Refuses a pointer that nobody in the list signed.
     *
     * @throws DamagedException if so
     */
    public static void requireTrusted(TrustList trust, String name, byte[] bytes) {
        Envelope.unwrap(trust, name, bytes);
    }

    static byte[] payload(Pointer pointer) {
        ObjectNode json = JsonDocument.newObject();
        json.put("format", FORMAT);
        json.put("min_reader", FORMAT);
        json.put("min_writer", FORMAT);
        json.put("tenant", pointer.scope().tenant());
        json.put("surface", pointer.scope().surface());
        json.put("epoch", pointer.epoch());
        json.put("seq", pointer.seq());
        json.put("tx", pointer.tx());
        pointer.parent()
                .ifPresent(parent -> json.putObject("parent")
                        .put("seq", parent.seq())
                        .put("tx", parent.tx())
                        .put("sha256", parent.sha256().hex()));
        json.put("swapped_at", pointer.swappedAt().toString());
        json.putObject("op")
                .put("kind", pointer.operation().kind())
                .put("by", pointer.operation().by())
                .put("reason", pointer.operation().reason());
        json.put("release", pointer.release());
        json.set("manifest", pointer.manifest().json());
        pointer.hold().ifPresent(hold -> putHold(json.putObject("hold"), hold));
        ArrayNode quarantined = json.putArray("quarantined");
        pointer.quarantined().forEach(digest -> quarantined.add(digest.hex()));
        putRetention(json.putObject("retained"), pointer.retention());
        json.put("collector_run", pointer.collectorRun());
        return JsonDocument.bytes(json);
    }

    private static void putHold(ObjectNode json, Hold hold) {
        json.put("by", hold.by()).put("reason", hold.reason());
        hold.until().ifPresent(until -> json.put("until", until.toString()));
    }

    private static void putRetention(ObjectNode json, Retention retention) {
        json.put("from_release", retention.fromRelease());
        ArrayNode also = json.putArray("also");
        retention
                .also()
                .forEach(retired ->
                        also.addObject().put("release", retired.release()).put("retired_seq", retired.retiredSeq()));
        ArrayNode pinned = json.putArray("pinned");
        retention.pinned().forEach(pinned::add);
    }

    private static Pointer parse(Scope scope, JsonDocument document) {
        JsonDocument op = document.object("op");
        long epoch = document.number("epoch", 1, MAX_EPOCH);
        long seq = document.number("seq", 1, MAX_SEQ);
        return new Pointer(
                scope,
                epoch,
                seq,
                document.text("tx"),
                parent(document, epoch, seq, op.text("kind")),
                document.instant("swapped_at"),
                new Operation(op.text("kind"), op.text("by"), op.text("reason")),
                document.number("release", 0, seq),
                ManifestDocument.parse(scope, document.object("manifest")),
                document.optionalObject("hold").map(PointerCodec::parseHold),
                document.list(
                        "quarantined",
                        "SHA-256 digests",
                        Pointer.MAX_QUARANTINED,
                        digest -> new Sha256(digest.asText())),
                parseRetention(document.object("retained")),
                document.number("collector_run", 0));
    }

    /**
     * Only a first revision has none, an epoch that did not replace a revision that the history has, or what was made of
     * tables, which keep no bytes of what was before.
     */
    private static Optional<Parent> parent(JsonDocument document, long epoch, long seq, String kind) {
        boolean needsNone = kind.equals(Pointer.TABLES) || (epoch > 1 && kind.equals("new-epoch"));
        boolean mayHaveNone = seq == 1 || (needsNone && !document.has("parent"));
        return mayHaveNone ? Optional.empty() : Optional.of(parseParent(document.object("parent"), epoch, seq));
    }

    /** In the first epoch numbers have no gaps; a later one may begin further on. */
    private static Parent parseParent(JsonDocument parent, long epoch, long seq) {
        return new Parent(
                parent.number("seq", epoch == 1 ? seq - 1 : 1, seq - 1),
                parent.text("tx"),
                parent.parsed("sha256", "a SHA-256", Sha256::new));
    }

    private static long id(JsonNode number) {
        return JsonDocument.number(number, 1, MAX_SEQ);
    }

    private static Hold parseHold(JsonDocument hold) {
        Optional<Instant> until = hold.has("until") ? Optional.of(hold.instant("until")) : Optional.empty();
        return new Hold(hold.text("by"), hold.text("reason"), until);
    }

    private static Retention parseRetention(JsonDocument retained) {
        List<Retention.Retired> also = retained.list(
                "also",
                "objects with release and retired_seq",
                Retention.MAX_EXCEPTIONS,
                node -> new Retention.Retired(id(node.path("release")), id(node.path("retired_seq"))));
        return new Retention(
                retained.number("from_release", 1, MAX_SEQ),
                also,
                retained.list("pinned", "release ids", Retention.MAX_EXCEPTIONS, PointerCodec::id));
    }
}
