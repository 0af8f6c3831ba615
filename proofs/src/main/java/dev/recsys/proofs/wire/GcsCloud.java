package dev.recsys.proofs.wire;

import dev.recsys.proofs.RegisterRecord;
import dev.recsys.store.BlobKey;
import dev.recsys.testserver.Dialect;
import dev.recsys.testserver.FaultyProxy;
import dev.recsys.testserver.WireRequest;
import dev.recsys.testserver.gcs.GcsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Google Cloud Storage, by its JSON API. */
final class GcsCloud implements Cloud {
    private static final String BUCKET = "releases";
    private static final String OBJECTS = "/storage/v1/b/" + BUCKET + "/o";
    private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"");

    private final RegisterRecord record;
    private final GcsServer server;

    private GcsCloud(RegisterRecord record, GcsServer server) {
        this.record = record;
        this.server = server;
    }

    /** Starts one at a free port. */
    static GcsCloud startAny() {
        RegisterRecord record = new RegisterRecord();
        try {
            return new GcsCloud(
                    record, GcsServer.withBucket(BUCKET).onWrite(record).start());
        } catch (IOException e) {
            throw new UncheckedIOException("no server can be started on this machine", e);
        }
    }

    @Override
    public URI endpoint() {
        return server.endpoint();
    }

    @Override
    public FaultyProxy newWire() {
        return FaultyProxy.before(server.endpoint()).speaking(Dialect.GCS_JSON);
    }

    @Override
    public URI addressAt(URI endpoint) {
        return URI.create("gs://" + BUCKET + "?endpoint=" + endpoint);
    }

    @Override
    public WireCall callOf(WireRequest request) {
        String path = request.decodedPath();
        if (path.startsWith("/upload/")) {
            return WireCall.of(WireCall.Kind.PUT, nameIn(request.opening()));
        }
        int objects = path.indexOf(OBJECTS);
        String object = objects < 0 ? "" : path.substring(Math.min(path.length(), objects + OBJECTS.length() + 1));
        if (request.method().equals("DELETE")) {
            return WireCall.of(WireCall.Kind.DELETE, object);
        }
        if (objects < 0 || !request.method().equals("GET")) {
            return WireCall.of(WireCall.Kind.OTHER, object);
        }
        if (object.isEmpty()) {
            return WireCall.of(WireCall.Kind.LIST, object);
        }
        boolean isContent = request.query().contains("alt=media");
        return new WireCall(
                isContent ? WireCall.Kind.GET : WireCall.Kind.LOOK,
                object,
                request.query().contains("ifGenerationNotMatch="));
    }

    /** An upload names its object in the metadata before the content; a later chunk of one names nothing. */
    private static String nameIn(String opening) {
        Matcher name = NAME.matcher(opening);
        return name.find() ? name.group(1) : "";
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
