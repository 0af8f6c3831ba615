/** Metrics of a recommender and of its logs, for Micrometer. */
module dev.recsys.micrometer {
    requires transitive dev.recsys.core;
    requires static transitive org.jspecify;
    requires transitive micrometer.core;

    exports dev.recsys.micrometer;
}
