package dev.recsys.testserver;

/**
 * What the client of a {@link FaultyProxy} gets instead of the answer.
 *
 * <p>Two faults change the server's answer, and so need one: with {@link Timing#BEFORE} and {@link Timing#LATE}, where
 * there is none yet, {@link #TRUNCATED_BODY} is a made-up status 200 that is cut short, and {@link #FLIPPED_BIT} a
 * made-up status 200 whose body is one byte of no meaning.
 */
public enum WireFault {
    /** The connection is closed without an answer. */
    DROP(0),
    /** The connection is reset, after the whole request was read. */
    RESET(0),
    /** No byte comes until the client gives up, the proxy heals or closes. */
    STALL(0),
    /** Refused. */
    STATUS_403(403),
    /** There is no such object. */
    STATUS_404(404),
    /** Two writers came at once; which of them won is not said. */
    STATUS_409(409),
    /** The condition did not hold. */
    STATUS_412(412),
    /** Too many requests. */
    STATUS_429(429),
    /** The server broke. */
    STATUS_500(500),
    /** The server is not available. */
    STATUS_503(503),
    /**
     * The head of the server's answer with its full length, then half of the body and the end of the connection; an
     * answer without a body is cut within its head.
     */
    TRUNCATED_BODY(200),
    /** The server's answer with one bit in the middle of the body flipped; an answer without a body stays as it is. */
    FLIPPED_BIT(200),
    /** Status 200 with an empty body, and without any header of the store. */
    EMPTY_200(200),
    /**
     * What a proxy with retries does: the server gets the request twice, one after the other, and the client the second
     * answer, whether {@link Timing#BEFORE} or {@link Timing#AFTER}. With {@link Timing#LATE} the client gets the first answer,
     * and the second copy lands late.
     */
    PROXY_RETRY(0);

    private final int status;

    WireFault(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    boolean isStatus() {
        return status > 200;
    }
}
