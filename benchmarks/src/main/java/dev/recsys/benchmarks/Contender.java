package dev.recsys.benchmarks;

/** One way to do the work of a table, in the order of a row. */
interface Contender {
    /** Returns what it is called in the table. */
    String name();

    /** Does the work once, with an input by its number, and returns something that depends on all of the result. */
    int run(int input);
}
