/** Publishes manifests and serves recommendations. */
module dev.recsys.core {
    requires transitive dev.recsys.api;
    requires transitive dev.recsys.controls;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;
    requires com.github.benmanes.caffeine;
    requires org.slf4j;

    exports dev.recsys.internal to
            dev.recsys.pipelines;
    exports dev.recsys.internal.pointer to
            dev.recsys.pipelines;
    exports dev.recsys.preview;
    exports dev.recsys.publish;
    exports dev.recsys.publish.probe;
    exports dev.recsys.serve;
    exports dev.recsys.table;
    exports dev.recsys.trust;
}
