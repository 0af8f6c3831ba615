package dev.recsys.proofs.kill;

import dev.recsys.proofs.ForwardingBlobStore;
import dev.recsys.store.BlobStore;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts the calls of an operation, and halts the process at one of them. */
final class Steps extends ForwardingBlobStore {
    static final int EXIT_CODE = 86;

    private final Journal journal;
    private final Optional<Step> haltAt;
    private String kind = "";
    private int calls;
    private boolean armed;

    Steps(BlobStore store, Journal journal, Optional<Step> haltAt) {
        super(store);
        this.journal = journal;
        this.haltAt = haltAt;
    }

    void begin(String itsKind, boolean mayHalt) {
        kind = itsKind;
        calls = 0;
        armed = mayHalt;
    }

    int calls() {
        return calls;
    }

    @Override
    protected <T> T call(Supplier<T> call) {
        calls++;
        haltIf(new Step(kind, calls, false));
        T result = call.get();
        haltIf(new Step(kind, calls, true));
        return result;
    }

    private void haltIf(Step now) {
        if (armed && haltAt.filter(now::equals).isPresent()) {
            journal.write(Journal.HALTS, now);
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
