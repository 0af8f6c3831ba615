package dev.recsys.proofs.simulate;

/** Stands for the sudden end of a process: an error, so that no handler for exceptions tidies up after it. */
final class Crashed extends Error {
    private static final long serialVersionUID = 1L;

    Crashed() {
        super("the process died", null, false, false);
    }
}
