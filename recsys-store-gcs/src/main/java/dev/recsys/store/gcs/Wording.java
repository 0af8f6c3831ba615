package dev.recsys.store.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts an exception of the client library into one line without secrets: who knows an upload's id may write to it. */
final class Wording {
    private static final String SECRET = "upload_id=";
    private static final Pattern SECRETS = Pattern.compile(SECRET + "[^&\\s\"]*");
    private static final int LONGEST = 300;

    private Wording() {}

    static String of(@Nullable Throwable thrown, Optional<Integer> status) {
        if (thrown == null) {
            return "failed without a reason";
        }
        Optional<String> noCredentials =
                Causes.first(thrown, LateCredentials.NoneFoundException.class).map(Throwable::getMessage);
        if (noCredentials.isPresent()) {
            return noCredentials.get();
        }
        Optional<String> said = Causes.first(thrown, GoogleJsonResponseException.class)
                .map(GoogleJsonResponseException::getDetails)
                .map(details -> details.getMessage());
        String detail = oneLine(said.orElseGet(() -> String.valueOf(thrown.getMessage())));
        return status.map(code -> "the service answered " + code + (said.isPresent() ? ", " + detail : ""))
                .orElseGet(() -> "no usable answer (" + deepest(thrown) + ")");
    }

    /** Returns the exception, unless it or a cause tells a secret. */
    static @Nullable Throwable withoutSecrets(@Nullable Throwable thrown) {
        boolean tells =
                Causes.any(thrown, cause -> String.valueOf(cause.getMessage()).contains(SECRET));
        return tells ? null : thrown;
    }

    private static String deepest(Throwable thrown) {
        Throwable last = thrown;
        for (int i = 0; i < 20 && last.getCause() != null; i++) {
            last = last.getCause();
        }
        return oneLine(last.getClass().getSimpleName() + ": " + last.getMessage());
    }

    private static String oneLine(String text) {
        String clean = SECRETS.matcher(text).replaceAll(SECRET + "...").replaceAll("\\s+", " ");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
    }
}
