package dev.recsys;

/** The rule for tenant and surface names, in one place. */
final class Names {
    private static final int MAX_LENGTH = 64;
    private static final String RULE = "1 to " + MAX_LENGTH
            + " characters, first an ASCII letter or digit, then ASCII letters, digits and any of . _ - : @";

    private Names() {}

    static String requireName(String what, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(what + " is blank; expected " + RULE);
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(what + " has " + name.length() + " characters, at most " + MAX_LENGTH
                    + " are allowed; expected " + RULE);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && (i == 0 || "._-:@".indexOf(c) < 0)) {
                throw new IllegalArgumentException(String.format(
                        "%s has the character U+%04X at position %d, which is not allowed there; expected %s",
                        what, (int) c, i, RULE));
            }
        }
        return name;
    }
}
