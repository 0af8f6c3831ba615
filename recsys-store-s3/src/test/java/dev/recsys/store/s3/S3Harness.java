package dev.recsys.store.s3;

import dev.recsys.store.BlobStore;
import dev.recsys.testkit.StoreHarness;
import dev.recsys.testserver.FaultyProxy;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import dev.recsys.testserver.WireRequest;
import dev.recsys.testserver.s3.S3Server;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** A store in a bucket of a server of its own, behind a wire that can fail. */
final class S3Harness implements StoreHarness {
    static final String BUCKET = "recsys";
    static final String PREFIX = "some/prefix";

    private final S3Server server;
    private final FaultyProxy wire;
    private final Function<URI, BlobStore> client;

    private final int rounds;

    S3Harness() {
        this(S3Server.start(0, List.of(BUCKET)), S3Harness::storeAt, Integer.getInteger("recsys.contract.rounds", 200));
    }

    S3Harness(S3Server server, Function<URI, BlobStore> client, int rounds) {
        this.rounds = rounds;
        Credentials.ofTheServer();
        this.server = server;
        this.wire = FaultyProxy.before(server.endpoint());
        this.client = client;
    }

    static S3BlobStore storeAt(URI endpoint) {
        return S3BlobStore.at(URI.create("s3://" + BUCKET + "/" + PREFIX + "?endpoint=" + endpoint));
    }

    @Override
    public int rounds() {
        return rounds;
    }

    FaultyProxy wire() {
        return wire;
    }

    S3Server server() {
        return server;
    }

    static boolean isSwap(WireRequest request) {
        return request.method().equals("PUT") && request.path().endsWith("/current");
    }

    @Override
    public BlobStore open() {
        return client.apply(wire.endpoint());
    }

    @Override
    public void loseNextReply() {
        wire.next(S3Harness::isSwap, Timing.AFTER, WireFault.DROP);
    }

    @Override
    public void loseNextRequest() {
        wire.next(S3Harness::isSwap, Timing.BEFORE, WireFault.DROP);
    }

    @Override
    public void becomeUnavailable() {
        wire.becomeUnreachable();
    }

    @Override
    public void becomeDenied() {
        wire.always(request -> true, Timing.BEFORE, WireFault.STATUS_403);
    }

    @Override
    public void recover() {
        wire.heal();
    }

    @Override
    public void shortenNextRead() {
        wire.next(request -> request.method().equals("GET"), Timing.AFTER, WireFault.TRUNCATED_BODY);
    }

    @Override
    public void close() {
        wire.close();
        server.close();
    }
}
