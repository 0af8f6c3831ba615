/** A server for tests and local development that speaks the JSON API of Google Cloud Storage. */
module dev.recsys.testserver.gcs {
    requires com.fasterxml.jackson.databind;
    requires jdk.httpserver;
    requires static transitive org.jspecify;

    exports dev.recsys.testserver.gcs;
}
