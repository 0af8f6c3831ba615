package dev.recsys.store.gcs;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment's credentials, looked for when a request needs them: a store opens while the place that gives them is
 * away, and asks again. The client library itself would look once and go on without any.
 */
final class LateCredentials extends Credentials {
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

    /** What whoever lacks credentials can do. */
    static final String ADVICE = "Set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account's key, or run"
            + " `gcloud auth application-default login`, or run this as a service account; for a server on this machine add"
            + " ?endpoint=http://HOST:PORT to the address of the store, which takes none";

    private final transient Place place;
    private transient volatile @Nullable Credentials found;

    LateCredentials(Place place) {
        this.place = place;
    }

    /** Where credentials come from. */
    interface Place {
        Credentials look() throws IOException;
    }

    /** Takes the application default credentials. */
    static LateCredentials ofTheEnvironment() {
        return new LateCredentials(
                () -> GoogleCredentials.getApplicationDefault().createScoped(SCOPE));
    }

    @Override
    public Map<String, List<String>> getRequestMetadata(@Nullable URI uri) throws IOException {
        return found().getRequestMetadata(uri);
    }

    @Override
    public void refresh() throws IOException {
        found().refresh();
    }

    private Credentials found() throws IOException {
        Credentials known = found;
        if (known == null) {
            known = look();
            found = known; // two threads may look at once; either result will do
        }
        return known;
    }

    private Credentials look() throws IOException {
        try {
            return place.look();
        } catch (IOException e) {
            throw new NoneFoundException(e);
        }
    }

    @Override
    public String getAuthenticationType() {
        return "OAuth2";
    }

    @Override
    public boolean hasRequestMetadata() {
        return true;
    }

    @Override
    public boolean hasRequestMetadataOnly() {
        return true;
    }

    /** There are no credentials, so that nothing was sent. */
    static final class NoneFoundException extends IOException {
        private static final long serialVersionUID = 1L;

        NoneFoundException(IOException cause) {
            super("no application default credentials were found in the file that GOOGLE_APPLICATION_CREDENTIALS names,"
                    + " in what gcloud saved, or at this machine's service account ("
                    + String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").replaceAll("\\.$", "") + ")");
        }
    }
}
