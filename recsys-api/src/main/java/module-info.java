/** Interfaces, value types and SPIs of recsys. */
module dev.recsys.api {
    requires static transitive org.jspecify;

    exports dev.recsys;
    exports dev.recsys.artifact;
    exports dev.recsys.control;
    exports dev.recsys.store;
    exports dev.recsys.sums;
}
