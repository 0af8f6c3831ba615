package dev.recsys.store.gcs;

import dev.recsys.store.BlobStore;
import dev.recsys.testkit.StoreHarness;
import dev.recsys.testserver.Dialect;
import dev.recsys.testserver.FaultyProxy;
import dev.recsys.testserver.Timing;
import dev.recsys.testserver.WireFault;
import dev.recsys.testserver.WireRequest;
import dev.recsys.testserver.gcs.GcsServer;
import java.io.IOException;
import java.net.URI;
import java.util.function.Predicate;

/** A fake of the service behind a proxy with faults, spoken to by the real client library. */
final class GcsHarness implements StoreHarness {
    static final String BUCKET = "releases";

    private final GcsServer server;
    private final FaultyProxy proxy;
    private final int rounds;

    private GcsHarness(GcsServer server, int rounds) {
        this.server = server;
        this.rounds = rounds;
        this.proxy = FaultyProxy.before(server.endpoint()).speaking(Dialect.GCS_JSON);
    }

    static GcsHarness start() throws IOException {
        return new GcsHarness(GcsServer.withBucket(BUCKET).start(), Integer.getInteger("recsys.contract.rounds", 200));
    }

    static GcsHarness over(GcsServer server, int rounds) {
        return new GcsHarness(server, rounds);
    }

    /** Uploads of a register: nothing else that a client sends changes one. */
    static final Predicate<WireRequest> SWAP =
            request -> request.method().equals("POST") && request.path().startsWith("/upload/");

    /** Requests for content. */
    static final Predicate<WireRequest> MEDIA = request -> request.query().contains("alt=media");

    static final Predicate<WireRequest> ANY = request -> true;

    FaultyProxy proxy() {
        return proxy;
    }

    /** Returns where the fake is, past the proxy. */
    URI server() {
        return server.endpoint();
    }

    URI address() {
        return URI.create("gs://" + BUCKET + "?endpoint=" + proxy.endpoint());
    }

    /** Pauses that take no time: what is repeated is repeated at once. */
    static Pauses noPauses() {
        return new Pauses(pause -> {}, () -> 0.5);
    }

    @Override
    public BlobStore open() {
        return GcsBlobStore.at(address(), noPauses());
    }

    BlobStore openWithoutProxy() {
        return GcsBlobStore.at(URI.create("gs://" + BUCKET + "?endpoint=" + server()), noPauses());
    }

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public void loseNextReply() {
        proxy.next(SWAP, Timing.AFTER, WireFault.DROP);
    }

    @Override
    public void loseNextRequest() {
        proxy.next(SWAP, Timing.BEFORE, WireFault.DROP);
    }

    @Override
    public void becomeUnavailable() {
        proxy.becomeUnreachable();
    }

    @Override
    public void becomeDenied() {
        proxy.always(ANY, Timing.BEFORE, WireFault.STATUS_403);
    }

    @Override
    public void recover() {
        proxy.heal();
    }

    @Override
    public void shortenNextRead() {
        proxy.next(MEDIA, Timing.AFTER, WireFault.TRUNCATED_BODY);
    }

    @Override
    public void close() {
        proxy.close();
        server.close();
    }
}
