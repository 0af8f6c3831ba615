package dev.recsys.postgres;

/** Who did something and why, as people say it. */
final class Remarks {
    private static final int MOST = 500;

    private Remarks() {}

    /**
     * Returns the text.
     *
     * @throws IllegalArgumentException if it is blank, longer than 500 characters or has a control character
     */
    static String require(String what, String text) {
        if (text.isBlank() || text.length() > MOST) {
            throw new IllegalArgumentException(
                    what + " is blank or has " + text.length() + " characters; expected 1 to " + MOST);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " has a control character; expected one line of text");
        }
        return text;
    }
}
