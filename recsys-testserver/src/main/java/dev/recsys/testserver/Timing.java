package dev.recsys.testserver;

/** When a fault strikes, seen from the server behind the proxy. */
public enum Timing {
    /** The server never sees the request. */
    BEFORE,
    /** The server answered the request, and the client is not told so. */
    AFTER,
    /** The client is answered now; the server gets the request on {@link FaultyProxy#landLate()}. */
    LATE
}
