package dev.recsys.proofs.matrix;

import dev.recsys.proofs.wire.Cloud;
import dev.recsys.proofs.wire.WireCall;
import java.util.List;
import java.util.stream.Stream;

/** Which requests meet the fault, and what is done meanwhile. */
enum Target {
    UPLOAD(Work.SHIP, "upload"),
    HISTORY(Work.SHIP, "history"),
    SWAP(Work.SHIP, "swap"),
    POINTER(Work.SHIP, "pointer"),
    POINTER_CONTENT(Work.SHIP, "pointer*"),
    CHECK(Work.SHIP, "check"),
    POLL(Work.READ, "poll"),
    ARTIFACT(Work.READ, "artifact"),
    ARTIFACT_CONTENT(Work.READ, "artifact*"),
    LIST(Work.COLLECT, "list"),
    DELETE(Work.COLLECT, "delete");

    /** The operation under test. */
    enum Work {
        SHIP,
        READ,
        COLLECT
    }

    private final Work work;
    private final String word;

    Target(Work work, String word) {
        this.work = work;
        this.word = word;
    }

    /** Returns those of a cloud: where an object is looked up and read in two requests, the second one has its own. */
    static List<Target> of(Cloud.Kind cloud) {
        return Stream.of(values())
                .filter(target -> cloud == Cloud.Kind.GCS || (target != POINTER_CONTENT && target != ARTIFACT_CONTENT))
                .toList();
    }

    Work work() {
        return work;
    }

    String word() {
        return word;
    }

    boolean isMetBy(WireCall call) {
        boolean stores = call.kind() == WireCall.Kind.PUT;
        boolean reads = call.kind() == WireCall.Kind.GET;
        return switch (this) {
            case UPLOAD -> stores && call.isOfArtifact();
            case HISTORY -> stores && call.isOfHistory();
            case SWAP -> stores && call.isOfPointer();
            case POINTER, POLL -> call.isRead() && call.isOfPointer();
            case POINTER_CONTENT -> reads && call.isOfPointer();
            case CHECK -> call.isRead() && !call.isOfPointer();
            case ARTIFACT -> call.isRead() && call.isOfArtifact();
            case ARTIFACT_CONTENT -> reads && call.isOfArtifact();
            case LIST -> call.kind() == WireCall.Kind.LIST;
            case DELETE -> call.kind() == WireCall.Kind.DELETE;
        };
    }
}
