/** What an application around recsys looks like. */
module dev.recsys.examples {
    requires transitive dev.recsys.core;
    requires transitive dev.recsys.store.fs;
    requires static transitive org.jspecify;

    exports dev.recsys.examples;
}
