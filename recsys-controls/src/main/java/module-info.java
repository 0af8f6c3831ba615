/** What a host configures: its documents, and control planes in memory and in a folder. */
module dev.recsys.controls {
    requires transitive dev.recsys.api;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports dev.recsys.controls;
}
