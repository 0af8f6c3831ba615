package dev.recsys.cli;

/** The exit codes, as the help lists them. */
final class ExitCode {
    static final int DONE = 0;
    static final int BUG = 1;
    static final int USAGE = 2;
    static final int REFUSED = 3;
    static final int CONFLICT = 4;
    static final int UNKNOWN = 5;
    static final int STORE_UNAVAILABLE = 6;
    static final int DAMAGE = 7;

    private ExitCode() {}
}
