package dev.recsys.testkit;

import dev.recsys.store.BlobStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A storage in memory with one faulty endpoint for each handle. */
class FaultyHarness implements StoreHarness {
    private final MemoryBlobStore memory;
    private final List<FaultyBlobStore> endpoints = new CopyOnWriteArrayList<>();
    private Optional<Fault> lasting = Optional.empty();

    FaultyHarness(MemoryBlobStore memory) {
        this.memory = memory;
    }

    @Override
    public BlobStore open() {
        FaultyBlobStore endpoint = FaultyBlobStore.over(memory.anotherEndpoint());
        lasting.ifPresent(endpoint::always);
        endpoints.add(endpoint);
        return endpoint;
    }

    @Override
    public void loseNextReply() {
        endpoints.get(0).next(StoreCall.SWAP, Fault.REPLY_LOST);
    }

    @Override
    public void loseNextRequest() {
        endpoints.get(0).next(StoreCall.SWAP, Fault.REQUEST_LOST);
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
        endpoints.forEach(endpoint -> endpoint.always(fault));
    }

    @Override
    public void recover() {
        lasting = Optional.empty();
        endpoints.forEach(FaultyBlobStore::heal);
    }
}
