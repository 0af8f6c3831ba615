/** What a host configures: its documents, and control planes in memory and in a folder; and the log of what was shown. */
module dev.recsys.controls {
    requires transitive dev.recsys.api;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports dev.recsys.controls;
    exports dev.recsys.log;
}
