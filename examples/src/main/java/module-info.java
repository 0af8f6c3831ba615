/** What an application around recsys looks like. */
module dev.recsys.examples {
    requires transitive dev.recsys.core;
    requires transitive dev.recsys.store.fs;
    requires static transitive org.jspecify;
    requires static dev.recsys.micrometer;
    requires static micrometer.registry.prometheus;
    requires jdk.httpserver;

    exports dev.recsys.examples;
}
