package dev.recsys.control;

/** What an id or a label may be, in one place: what events may name as well. */
final class Texts {
    private Texts() {}

    /**
     * Returns the text.
     *
     * @throws IllegalArgumentException if it is blank, longer than allowed, has a control character or half a surrogate pair;
     *     the message names it by {@code what}
     */
    static String require(String what, String text, int mostCharacters) {
        if (text.isBlank() || text.length() > mostCharacters) {
            throw new IllegalArgumentException(
                    what + " is blank or has " + text.length() + " characters; expected 1 to " + mostCharacters);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException(what + " has a control character at position " + i);
            }
            if (Character.isSurrogate(c) && !isPair) {
                throw new IllegalArgumentException(
                        what + " is not well-formed Unicode: it has half a surrogate pair at position " + i);
            }
            i += isPair ? 1 : 0;
        }
        return text;
    }

    /**
     * Checks the name of something that people configure.
     *
     * @throws IllegalArgumentException if it is not 1 to 100 printable ASCII characters without blanks
     */
    static void requireName(String what, String name) {
        if (!name.matches("[!-~]{1,100}")) {
            throw new IllegalArgumentException(what + " is not 1 to 100 printable ASCII characters without blanks");
        }
    }
}
