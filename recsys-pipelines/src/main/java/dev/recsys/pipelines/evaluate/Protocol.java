package dev.recsys.pipelines.evaluate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is asked in an evaluation, and of whom. All items are ranked in each, and ties count against us. */
public enum Protocol {
    /**
     * Of each session that begins at the split or later and has at least two different items, each item is hidden in turn;
     * the rest is the query, a set, and is not ranked. A hidden item that training does not know is a miss. The mean of a
     * session's questions, then of the sessions.
     */
    BASKET(
            "hit_rate@10",
            "of each later session of two items or more each item is hidden in turn, the rest is the query and is not"
                    + " ranked; mean per session"),

    /**
     * Of each user with events on both sides of the split: the query is what the user had before it, most recent first, and
     * is not ranked; the targets are the later items that are new to the user and that training knows. Users without such a
     * target are left out. The mean of the users.
     */
    NEXT_PERIOD(
            "recall@20",
            "the query is a user's training items, which are not ranked; targets are later items new to the user and known"
                    + " in training; mean per user"),

    /**
     * Of each session that begins at the split or later, each item but the first is a target once, where it is new to the
     * session, the first 50 of them; the query is what the session had before it, most recent first, and is not ranked. A target that training
     * does not know is a miss. The mean of a session's questions, then of the sessions.
     */
    NEXT_ITEM(
            "recall@20",
            "of each later session each new item but the first is asked for; the query is what came before it in the session"
                    + " and is not ranked; mean per session"),

    /**
     * Of each user with at least two different items: the target is the item that the user took up last, training has what
     * the user did before it, and the query is that as well, most recent first, and is not ranked. For a choice inside
     * training the same is done once more: the validation is the item before the last. A target that training does not know
     * is a miss. The mean of the users.
     */
    LEAVE_LAST_OUT(
            "ndcg@10",
            "the target is the item a user took up last, the query is what the user had before it and is not ranked; mean per"
                    + " user"),

    /**
     * A given split: of each user of the test file, the query is what the training file has of the user, as a set, and is
     * not ranked; the targets are the user's items in the test file but those. A target that training does not know stands
     * behind all others, which is a miss; so the items of both files are ranked. A user whom training does not know is
     * asked about with an empty query. The mean of the users.
     */
    RANKING(
            "recall@20",
            "each user of the test file: the query is the user's training items, which are not ranked, the targets are the"
                    + " user's test items; items of both files are ranked; mean per user");

    private final String figure;
    private final String definition;

    Protocol(String figure, String definition) {
        this.figure = figure;
        this.definition = definition;
    }

    /** Returns the name that people write, such as {@code next-period}. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what is asked, in one sentence. */
    public String definition() {
        return definition;
    }

    /** Returns over what the mean is taken: {@code sessions} or {@code users}. */
    public String groupName() {
        return this == BASKET || this == NEXT_ITEM ? "sessions" : "users";
    }

    /** Returns the name of the figure by which a choice is made unless another is named. */
    public String decidingFigure() {
        return figure;
    }

    /** Returns whether events are split at an instant. */
    public boolean isTemporal() {
        return this == BASKET || this == NEXT_PERIOD || this == NEXT_ITEM;
    }

    /**
     * Returns the protocol of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Protocol named(String name) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.publicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no protocol '" + name + "'; expected one of "
                        + Arrays.stream(values()).map(Protocol::publicName).collect(Collectors.joining(", "))));
    }
}
