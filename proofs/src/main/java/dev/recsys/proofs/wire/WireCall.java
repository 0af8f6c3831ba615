package dev.recsys.proofs.wire;

/**
 * What a request asks for, whatever the protocol.
 *
 * @param kind of request
 * @param object the name of the object in the bucket; for a listing its prefix
 * @param onlyIfNew whether it is a read on the condition that there is another version than one that it names
 */
public record WireCall(Kind kind, String object, boolean onlyIfNew) {
    /** The kinds that are counted and billed apart. */
    public enum Kind {
        /** Stores an object, or a part of one. */
        PUT,
        /** Reads an object, at S3 on the condition that it is new. */
        GET,
        /** Asks what there is of an object: a HEAD at S3, a GET of the metadata at GCS, there also on a condition. */
        LOOK,
        /** Lists objects. */
        LIST,
        /** Deletes an object. */
        DELETE,
        /** Anything else. */
        OTHER
    }

    static WireCall of(Kind kind, String object) {
        return new WireCall(kind, object, false);
    }

    /** Returns whether it concerns a pointer. */
    public boolean isOfPointer() {
        return object.endsWith("/current");
    }

    /** Returns whether it concerns an entry of a history. */
    public boolean isOfHistory() {
        return object.contains("/history/");
    }

    /** Returns whether it concerns an artifact. */
    public boolean isOfArtifact() {
        return object.contains("/artifacts/");
    }

    /** Returns whether it reads an object or looks for one. */
    public boolean isRead() {
        return kind == Kind.GET || kind == Kind.LOOK;
    }
}
