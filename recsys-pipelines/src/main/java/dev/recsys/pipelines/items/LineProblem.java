package dev.recsys.pipelines.items;

/** A line is no item; carries the reason. Has no stack trace: it is data, not a failure. */
final class LineProblem extends Exception {
    private static final long serialVersionUID = 1L;

    LineProblem(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
