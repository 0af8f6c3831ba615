/** What was shown and what came of it: rates, other policies from a log, experiments, interleaving. */
module dev.recsys.eval {
    requires static transitive org.jspecify;

    exports dev.recsys.eval;
}
