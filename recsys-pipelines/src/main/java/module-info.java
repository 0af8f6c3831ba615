/** Interaction events to signals, and the evaluation of signals. */
module dev.recsys.pipelines {
    requires transitive dev.recsys.core;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;

    exports dev.recsys.pipelines;
    exports dev.recsys.pipelines.days;
    exports dev.recsys.pipelines.evaluate;
    exports dev.recsys.pipelines.events;
    exports dev.recsys.pipelines.items;
    exports dev.recsys.pipelines.progress;
    exports dev.recsys.pipelines.signals;
    exports dev.recsys.pipelines.spill;
    exports dev.recsys.pipelines.tables;
}
