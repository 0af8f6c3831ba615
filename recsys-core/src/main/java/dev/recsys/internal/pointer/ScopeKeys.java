package dev.recsys.internal.pointer;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.internal.FileNames;
import dev.recsys.store.BlobKey;
import dev.recsys.store.Sha256;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the objects of a scope lie in a store. */
public final class ScopeKeys {
    /** What follows {@link #historyPrefix} in the key of an entry: its epoch and its number. */
    public static final Pattern HISTORY_ENTRY = Pattern.compile("([0-9]{1,4})/0{4}([0-9]{16})");

    private static final String EXTENSION = "rst";
    private static final Pattern ARTIFACT = Pattern.compile("[a-z][a-z0-9_]*/[0-9a-f]{64}-[^/]+\\." + EXTENSION);

    private ScopeKeys() {}

    /** Returns the key of the scope's register. */
    public static BlobKey current(Scope scope) {
        return BlobKey.of(FileNames.encode(scope.tenant()), FileNames.encode(scope.surface()), BlobKey.REGISTER);
    }

    /** Returns whose register a key names; empty if it is nobody's. */
    public static Optional<Scope> scopeOfCurrent(BlobKey key) {
        return scopeOf(key).filter(scope -> current(scope).equals(key));
    }

    /** Returns the key of an artifact that the operation {@code tx} uploads. */
    public static BlobKey artifact(Scope scope, ArtifactType type, Sha256 sha256, String tx) {
        return new BlobKey(artifactPrefix(scope, type) + sha256.hex() + "-" + tx + "." + EXTENSION);
    }

    /** Returns what the key of every artifact of this scope and type begins with. */
    public static String artifactPrefix(Scope scope, ArtifactType type) {
        return artifactsPrefix(scope) + type.name() + "/";
    }

    /** Returns what the key of every artifact of this scope begins with. */
    public static String artifactsPrefix(Scope scope) {
        return FileNames.encode(scope.tenant()) + "/" + FileNames.encode(scope.surface()) + "/artifacts/";
    }

    /** Returns whether a key is one that {@link #artifact} gives out for this scope, whatever the type. */
    public static boolean isArtifact(Scope scope, BlobKey key) {
        String prefix = artifactsPrefix(scope);
        return key.path().startsWith(prefix)
                && ARTIFACT.matcher(key.path().substring(prefix.length())).matches();
    }

    /** Returns what the key of every entry of this scope's history begins with. */
    public static String historyPrefix(Scope scope) {
        return FileNames.encode(scope.tenant()) + "/" + FileNames.encode(scope.surface()) + "/history/";
    }

    /** Returns what the key of every entry of an epoch begins with. */
    public static String epochPrefix(Scope scope, long epoch) {
        return historyPrefix(scope) + epoch + "/";
    }

    /** Returns the key of a revision's entry in the history. */
    public static BlobKey history(Scope scope, long epoch, long seq) {
        return BlobKey.of(
                FileNames.encode(scope.tenant()),
                FileNames.encode(scope.surface()),
                "history",
                Long.toString(epoch),
                String.format(Locale.ROOT, "%020d", seq));
    }

    /** Returns whose object a key names; empty if it is nobody's. */
    static Optional<Scope> scopeOf(BlobKey key) {
        List<String> segments = key.segments();
        if (segments.size() < 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Scope(decode(segments.get(0)), decode(segments.get(1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns a text after all keys that begin with the same two segments, and before all others that follow. */
    static String afterScopeOf(BlobKey key) {
        List<String> segments = key.segments();
        return segments.size() < 3 ? key.path() : segments.get(0) + "/" + segments.get(1) + "/~";
    }

    private static String decode(String segment) {
        return URLDecoder.decode(segment, StandardCharsets.UTF_8);
    }
}
