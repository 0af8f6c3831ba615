package dev.recsys.pipelines.evaluate;

import java.util.List;

/** All questions of a protocol, in groups of which each counts alike. The order is the same in every run. */
interface Questions {
    /** Returns how many groups, users or sessions, there are. */
    int groups();

    /** Returns a group's questions, at least one; may be called by several threads at once. */
    List<Question> group(int group);

    /** Returns whether the recent items of a question are in an order that means something. */
    boolean isOrdered();
}
