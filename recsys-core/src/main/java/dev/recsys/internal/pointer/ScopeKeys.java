package dev.recsys.internal.pointer;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.store.BlobKey;
import dev.recsys.store.Sha256;
import java.util.Locale;

/** Where the objects of a scope lie in a store. */
public final class ScopeKeys {
    private static final String EXTENSION = "rst";

    private ScopeKeys() {}

    /** Returns the key of the scope's register. */
    public static BlobKey current(Scope scope) {
        return BlobKey.of(encode(scope.tenant()), encode(scope.surface()), BlobKey.REGISTER);
    }

    /** Returns the key of an artifact that the operation {@code tx} uploads. */
    public static BlobKey artifact(Scope scope, ArtifactType type, Sha256 sha256, String tx) {
        return new BlobKey(artifactPrefix(scope, type) + sha256.hex() + "-" + tx + "." + EXTENSION);
    }

    /** Returns what the key of every artifact of this scope and type begins with. */
    public static String artifactPrefix(Scope scope, ArtifactType type) {
        return encode(scope.tenant()) + "/" + encode(scope.surface()) + "/artifacts/" + type.name() + "/";
    }

    /** Returns the key of a revision's entry in the history. */
    public static BlobKey history(Scope scope, long epoch, long seq) {
        return BlobKey.of(
                encode(scope.tenant()),
                encode(scope.surface()),
                "history",
                Long.toString(epoch),
                String.format(Locale.ROOT, "%020d", seq));
    }

    /**
     * Escapes capital letters too, so that names that differ in case only stay apart on file systems that fold case; and
     * the word that names registers.
     */
    private static String encode(String name) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
            if (plain && !(i == 0 && name.equals(BlobKey.REGISTER))) {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02x", (int) c));
            }
        }
        return encoded.toString();
    }
}
