/** The blob store in a folder. */
module dev.recsys.store.fs {
    requires transitive dev.recsys.api;
    requires static transitive org.jspecify;

    exports dev.recsys.store.fs;
}
