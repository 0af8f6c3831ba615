package dev.recsys.publish;

/** The rule for the texts that a revision records: who, and why. */
final class Reasons {
    private static final int MAX_LENGTH = 500;

    private Reasons() {}

    static String require(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is blank; it is recorded for those who read the history later");
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    what + " has " + text.length() + " characters; at most " + MAX_LENGTH + " are recorded");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " holds a control character; expected one line of plain text");
        }
        return text;
    }
}
