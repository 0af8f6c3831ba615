package dev.recsys.eval;

/** What became of an outcome when it was joined with what was shown. */
public enum Fate {
    /** It names a list that has the item. */
    BY_REQUEST,
    /** It names none; the user was shown the item within the window before it. */
    BY_USER,
    /** It names a list that is not in the log. */
    NO_SUCH_REQUEST,
    /** It names a list without the item; or it names none, and no list of the user has it. */
    ITEM_NOT_IN_LIST,
    /** The list that it names, or every list of the user with the item, was not shown within the window before it. */
    OUTSIDE_WINDOW,
    /** It names no list, and no list of its user is in the log. */
    NO_USER;

    /** Returns whether it was joined. */
    public boolean isJoined() {
        return this == BY_REQUEST || this == BY_USER;
    }
}
