package dev.recsys.store.s3;

import dev.recsys.testserver.s3.S3Server;

/** Where the SDK looks for credentials, for stores that are opened by a URI. */
final class Credentials {
    private Credentials() {}

    static void ofTheServer() {
        System.setProperty("aws.accessKeyId", S3Server.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Server.SECRET_KEY);
    }
}
