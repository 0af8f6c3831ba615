package dev.recsys.controls;

import java.util.List;

/**
 * A document is not what it should be; {@link #problems()} says where and why, up to {@value #MOST}.
 *
 * <p>Nothing changed. Mend what the problems name, and give the document again.
 */
public final class InvalidDocumentException extends IllegalArgumentException {
    /** The largest number of problems that are told of one document. */
    public static final int MOST = 100;

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidDocumentException(String what, List<Problem> problems) {
        super(message(what, problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns what is wrong, in the order of the document where it has one; never empty. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(String what, List<Problem> problems) {
        StringBuilder text = new StringBuilder(what).append(" is not valid:");
        problems.forEach(
                problem -> text.append(problems.size() == 1 ? " " : "\n  ").append(problem));
        return text.toString();
    }

    /**
     * One thing that is wrong.
     *
     * @param path where, such as {@code rules[3].until}; {@code line 2, column 7} in what is no JSON; empty for the document
     *     as a whole
     * @param detail what was found, what was expected, and what to do
     */
    public record Problem(String path, String detail) {
        /** Replaces control characters by question marks, so that each can be shown on a line. */
        public Problem {
            path = Problems.oneLine(path);
            detail = Problems.oneLine(detail);
        }

        /** Returns the path and the detail on one line. */
        @Override
        public String toString() {
            return path.isEmpty() ? detail : path + ": " + detail;
        }
    }
}
