/** Contract tests of the SPIs and what tests of recsys share. */
module dev.recsys.testkit {
    requires transitive dev.recsys.api;
    requires static transitive org.jspecify;
}
