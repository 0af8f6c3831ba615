package dev.recsys.proofs;

import dev.recsys.testserver.s3.S3Server;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The credentials that the S3 server on this machine takes, where the SDK looks for them; they are worth nothing. */
public final class LocalCredentials {
    private static final Map<String, String> PROPERTIES =
            new TreeMap<>(Map.of("aws.accessKeyId", S3Server.ACCESS_KEY, "aws.secretAccessKey", S3Server.SECRET_KEY));

    private LocalCredentials() {}

    /** Sets them for this process, whatever its environment says. */
    public static void install() {
        PROPERTIES.forEach(System::setProperty);
    }

    /** Returns the options that set them for another JVM. */
    public static List<String> jvmOptions() {
        return PROPERTIES.entrySet().stream()
                .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}
