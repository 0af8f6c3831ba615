package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;

/**
 * Where a command speaks: results on {@code out}, everything else on {@code err}.
 *
 * @param out standard output
 * @param err standard error
 * @param interactive whether a person watches {@code err}
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
    /** Says what does not keep the command from being done, but is worth a look. */
    void warn(String what) {
        err.println("recsys: warning: " + what);
    }

    /** Prints one JSON document. */
    void print(ObjectNode json) {
        out.println(json);
        out.flush();
    }
}
