/** The blob store in an S3 bucket. */
module dev.recsys.store.s3 {
    requires transitive dev.recsys.api;
    requires transitive software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.retries.api;
    requires software.amazon.awssdk.utils;
    requires static transitive org.jspecify;

    exports dev.recsys.store.s3;
}
