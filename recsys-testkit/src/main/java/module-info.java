/** Contract tests of the SPIs and what tests of recsys share. */
module dev.recsys.testkit {
    requires transitive dev.recsys.api;
    requires transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static transitive org.jspecify;

    exports dev.recsys.testkit;
}
