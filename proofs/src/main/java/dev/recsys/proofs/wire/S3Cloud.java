package dev.recsys.proofs.wire;

import dev.recsys.proofs.LocalCredentials;
import dev.recsys.proofs.RegisterRecord;
import dev.recsys.store.BlobKey;
import dev.recsys.testserver.FaultyProxy;
import dev.recsys.testserver.WireRequest;
import dev.recsys.testserver.s3.S3Server;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** S3, with the bucket in the path. */
final class S3Cloud implements Cloud {
    private static final String BUCKET = "releases";

    private final RegisterRecord record = new RegisterRecord();
    private final S3Server server = S3Server.start(0, List.of(BUCKET), record);

    S3Cloud() {
        LocalCredentials.install();
    }

    @Override
    public URI endpoint() {
        return server.endpoint();
    }

    @Override
    public FaultyProxy newWire() {
        return FaultyProxy.before(server.endpoint());
    }

    @Override
    public URI addressAt(URI endpoint) {
        return URI.create("s3://" + BUCKET + "?endpoint=" + endpoint);
    }

    @Override
    public WireCall callOf(WireRequest request) {
        String path = request.decodedPath();
        String object = path.substring(Math.min(path.length(), BUCKET.length() + 2));
        return switch (request.method()) {
            case "PUT", "POST" -> WireCall.of(WireCall.Kind.PUT, object); // a POST begins or ends an upload in parts
            case "HEAD" -> WireCall.of(WireCall.Kind.LOOK, object);
            case "DELETE" -> WireCall.of(WireCall.Kind.DELETE, object);
            case "GET" ->
                new WireCall(
                        object.isEmpty() ? WireCall.Kind.LIST : WireCall.Kind.GET,
                        object,
                        request.header("If-None-Match").isPresent());
            default -> WireCall.of(WireCall.Kind.OTHER, object);
        };
    }

    @Override
    public Optional<byte[]> value(BlobKey register, long number) {
        return record.value(BUCKET + "/" + register.path(), number);
    }

    @Override
    public Optional<byte[]> content(BlobKey key) {
        return server.contentOf(BUCKET, key.path());
    }

    @Override
    public void close() {
        server.close();
    }
}
