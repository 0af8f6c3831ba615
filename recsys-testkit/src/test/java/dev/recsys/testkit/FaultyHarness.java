package dev.recsys.testkit;

import dev.recsys.store.BlobStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A simulated server with a wire of its own, which can fail, for each endpoint. */
final class FaultyHarness implements StoreHarness {
    private final SimulatedServer server = new SimulatedServer();
    private final Client client;
    private final int rounds;
    private final List<FaultyBlobStore> wires = new CopyOnWriteArrayList<>();
    private Optional<Fault> lasting = Optional.empty();

    /** The store under test, at this end of the wire. */
    interface Client {
        BlobStore open(BlobStore wire, SimulatedServer server);
    }

    FaultyHarness(Client client, int rounds) {
        this.client = client;
        this.rounds = rounds;
    }

    @Override
    public BlobStore open() {
        FaultyBlobStore wire = FaultyBlobStore.over(server.connect());
        lasting.ifPresent(wire::always);
        wires.add(wire);
        return client.open(wire, server);
    }

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public void loseNextReply() {
        wires.get(0).next(StoreCall.SWAP, Fault.REPLY_LOST);
    }

    @Override
    public void loseNextRequest() {
        wires.get(0).next(StoreCall.SWAP, Fault.REQUEST_LOST);
    }

    @Override
    public void becomeUnavailable() {
        last(Fault.UNAVAILABLE);
    }

    @Override
    public void becomeDenied() {
        last(Fault.DENIED);
    }

    private void last(Fault fault) {
        lasting = Optional.of(fault);
        wires.forEach(wire -> wire.always(fault));
    }

    @Override
    public void recover() {
        lasting = Optional.empty();
        wires.forEach(FaultyBlobStore::heal);
    }

    @Override
    public void shortenNextRead() {
        wires.get(0).next(StoreCall.READ, Fault.TRUNCATED);
        wires.get(0).next(StoreCall.COPY, Fault.TRUNCATED);
    }

    @Override
    public void losePower() {
        server.losePower();
    }
}
