package dev.recsys.internal;

import dev.recsys.store.BlobKey;
import java.util.Locale;

/** How the names of tenants and surfaces are written in the names of files. */
public final class FileNames {
    private FileNames() {}

    /**
     * Escapes capital letters too, so that names that differ in case only stay apart on file systems that fold case; and
     * the word that names registers.
     */
    public static String encode(String name) {
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
