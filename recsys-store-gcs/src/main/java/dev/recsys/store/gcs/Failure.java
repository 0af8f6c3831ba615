package dev.recsys.store.gcs;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.BaseServiceException;
import dev.recsys.RecsysException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.store.SwapResult;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** A request that did not succeed: the one place that says what an answer, or none, means. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Set<String> TOO_FAST =
            Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded");

    /** What is known about a request that failed. */
    enum Kind {
        /** 412: the precondition did not hold when the service looked. */
        CONDITION_NOT_MET,
        /** 304: the object still has the generation that was named. */
        NOT_MODIFIED,
        /** 404: there is no such object, or no such bucket. */
        NOT_FOUND,
        /** 401, 403: the service refused the caller, before it looked. */
        DENIED,
        /** 429, and a 403 that says so: the service refused the rate, before it looked. */
        TOO_FAST,
        /** 400: the service refused the request itself. */
        INVALID,
        /** It never left: no connection, no time. */
        NOT_SENT,
        /** It never left, for there are no credentials to send with it; they may come. */
        NO_CREDENTIALS,
        /** 408, 409, 5xx, any other status, a cut or silent connection, an answer that cannot be read. */
        UNKNOWN
    }

    private final Kind kind;

    private Failure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Says what an exception of the client library means. */
    static Failure of(@Nullable Throwable thrown) {
        if (thrown instanceof VirtualMachineError error) {
            throw error;
        }
        Optional<Integer> status = statusOf(thrown);
        Kind kind = status.isPresent() ? kindOf(status.get(), reasonOf(thrown)) : kindWithoutStatus(thrown);
        return new Failure(kind, Wording.of(thrown, status), Wording.withoutSecrets(thrown));
    }

    /** Says that the caller did not wait any longer. */
    static Failure givenUp(boolean neverBegan, String why) {
        return new Failure(neverBegan ? Kind.NOT_SENT : Kind.UNKNOWN, why, null);
    }

    /** Says that a success told something that cannot be. */
    static Failure unreadable(String why) {
        return new Failure(Kind.UNKNOWN, why, null);
    }

    /** Adds what was asked and whom, where that is not what the caller asked. */
    Failure whenAsked(String request) {
        return new Failure(kind, request + ", " + String.valueOf(getMessage()).replaceAll("\\.$", ""), getCause());
    }

    private static Kind kindOf(int status, String reason) {
        return switch (status) {
            case 304 -> Kind.NOT_MODIFIED;
            case 400 -> Kind.INVALID;
            case 401 -> Kind.DENIED;
            case 403 -> TOO_FAST.contains(reason) ? Kind.TOO_FAST : Kind.DENIED;
            case 404 -> Kind.NOT_FOUND;
            case 412 -> Kind.CONDITION_NOT_MET;
            case 429 -> Kind.TOO_FAST;
            default -> Kind.UNKNOWN;
        };
    }

    private static Kind kindWithoutStatus(@Nullable Throwable thrown) {
        if (Causes.any(thrown, LateCredentials.NoneFoundException.class::isInstance)) {
            return Kind.NO_CREDENTIALS;
        }
        return Causes.any(thrown, Failure::isBeforeTheFirstByte) ? Kind.NOT_SENT : Kind.UNKNOWN;
    }

    private static boolean isBeforeTheFirstByte(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException
                || (cause instanceof SocketTimeoutException
                        && "connect timed out".equalsIgnoreCase(cause.getMessage()));
    }

    /** The status line counts; a body that names another code is somebody else's. */
    private static Optional<Integer> statusOf(@Nullable Throwable thrown) {
        Optional<Integer> onTheWire =
                Causes.first(thrown, HttpResponseException.class).map(HttpResponseException::getStatusCode);
        return onTheWire.or(() -> Causes.first(thrown, BaseServiceException.class)
                .map(BaseServiceException::getCode)
                .filter(code -> code >= 100));
    }

    private static String reasonOf(@Nullable Throwable thrown) {
        return Causes.first(thrown, BaseServiceException.class)
                .map(BaseServiceException::getReason)
                .orElse("");
    }

    Kind kind() {
        return kind;
    }

    boolean is(Kind expected) {
        return kind == expected;
    }

    /** Returns whether the same request may succeed a little later. */
    boolean mayPass() {
        return kind == Kind.TOO_FAST || kind == Kind.NOT_SENT || kind == Kind.NO_CREDENTIALS || kind == Kind.UNKNOWN;
    }

    /** Returns whether something of the request may have arrived; what stands between here and the service may err. */
    boolean mayHaveArrived() {
        return kind == Kind.UNKNOWN || kind == Kind.TOO_FAST;
    }

    /** Says what became of a swap; 404 needs a second look and is the caller's. */
    SwapResult toSwapResult(String what) {
        return switch (kind) {
            case CONDITION_NOT_MET -> new SwapResult.Mismatch();
            case DENIED, TOO_FAST, INVALID, NOT_SENT, NO_CREDENTIALS -> new SwapResult.NotSent(toException(what));
            case NOT_MODIFIED, NOT_FOUND, UNKNOWN -> new SwapResult.Unknown(toException(what));
        };
    }

    /** Says it to a caller that asked for something and gets nothing. */
    RecsysException toException(String what) {
        String problem = what + ": " + getMessage();
        return switch (kind) {
            case DENIED ->
                new StoreDeniedException(
                        problem + ". Nothing changed; check the credentials and the role of this caller on the bucket",
                        this);
            case NOT_FOUND ->
                new StoreUnavailableException(
                        problem
                                + ". Either there is no such bucket there, or what answered is not Google Cloud Storage."
                                + " Create the bucket, or correct its name or the endpoint in the address of the store",
                        this);
            case NO_CREDENTIALS ->
                new StoreUnavailableException(problem + ". Nothing was sent. " + LateCredentials.ADVICE, this);
            case TOO_FAST -> new StoreUnavailableException(problem + ". Nothing changed; try again more slowly", this);
            case INVALID -> new StoreUnavailableException(problem + ". Nothing changed; check the bucket's name", this);
            default -> new StoreUnavailableException(problem + ". Try again", this);
        };
    }
}
