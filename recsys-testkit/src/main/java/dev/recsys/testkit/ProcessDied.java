package dev.recsys.testkit;

/** Stands for the sudden end of a process: an error, so that no handler for exceptions tidies up after it. */
public final class ProcessDied extends Error {
    private static final long serialVersionUID = 1L;

    ProcessDied(String message) {
        super(message);
    }
}
