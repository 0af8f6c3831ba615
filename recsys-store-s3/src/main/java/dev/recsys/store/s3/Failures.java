package dev.recsys.store.s3;

import dev.recsys.RecsysException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Says what failed, where, and what to do, in the exceptions of recsys. */
final class Failures {
    private Failures() {}

    /** Returns what to throw for an answer that is none of a call's results. */
    static RecsysException of(Place place, Deadline deadline, Throwable failure) {
        Answer answer = Answer.of(failure);
        String what = deadline.what() + " failed in " + place + ": ";
        if (answer == Answer.DENIED) {
            return new StoreDeniedException(what + reasonOf(failure) + adviceOnDenied(failure), failure);
        }
        if (answer != Answer.NO_SUCH_BUCKET && deadline.isOver()) {
            return new StoreUnavailableException(deadline.tooLate(), failure);
        }
        return new StoreUnavailableException(what + reasonOf(failure) + adviceOn(answer, place), failure);
    }

    private static String reasonOf(Throwable failure) {
        if (!(failure instanceof AwsServiceException answer)) {
            return Answer.isMissingCredentials(failure)
                    ? "no AWS credentials were found in the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), a web"
                            + " identity, the profile, the container or the machine's role"
                    : String.valueOf(failure.getMessage());
        }
        String code = Answer.codeOf(answer);
        return "status " + answer.statusCode() + (code.isEmpty() ? "" : ", " + code) + ", " + answer.getMessage();
    }

    private static String adviceOn(Answer answer, Place place) {
        return switch (answer) {
            case NO_SUCH_BUCKET -> ". There is no bucket '" + place.bucket() + "' there; check its name and the region";
            case NOT_FOUND_BY_ANYBODY ->
                ". The 404 does not say what is missing, and so counts for nothing: expected"
                        + " S3's code NoSuchKey. Check the endpoint, and what is between here and there";
            case TURNED_AWAY -> ". Check the bucket's region and the endpoint";
            case TOO_FAST -> ". The store asks for fewer requests; try again later";
            default -> ". Try again later";
        };
    }

    private static String adviceOnDenied(Throwable failure) {
        if (!(failure instanceof AwsServiceException answer)) {
            return ". Give credentials in one of these places";
        }
        return switch (Answer.codeOf(answer)) {
            case "RequestTimeTooSkewed" -> ". The clock of this machine is wrong; set it";
            case "ExpiredToken", "TokenRefreshRequired" -> ". The session is over; get new credentials";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" -> ". Check the credentials";
            default ->
                ". Check the permissions. Whoever lacks s3:ListBucket gets this answer also for an object that"
                        + " does not exist, so it says nothing about that";
        };
    }
}
