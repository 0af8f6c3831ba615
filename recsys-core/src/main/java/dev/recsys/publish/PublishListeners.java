package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import dev.recsys.control.PublishListener;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who watch over a publisher, in the order in which they are asked and told.
 *
 * @param all who
 * @param by for whom the publisher works
 */
record PublishListeners(List<PublishListener> all, String by) {
    private static final Logger log = LoggerFactory.getLogger(ManifestPublisher.class);

    PublishListeners {
        all = List.copyOf(all);
    }

    /** Asks before an operation begins; the first who refuses ends it. */
    void permit(Scope scope, String action) {
        for (PublishListener listener : all) {
            listener.permit(scope, action, by);
        }
    }

    /** Tells of a revision that stands, whatever becomes of the telling. */
    void published(Revision revision, Optional<Revision> before) {
        for (PublishListener listener : all) {
            try {
                listener.published(revision, before);
            } catch (Throwable e) { // an Error too: the operation has taken effect, and must not look as if it had not
                log.error(
                        "a listener could not be told of revision {}/{} of {}, which stands all the same",
                        revision.epoch(),
                        revision.seq(),
                        revision.scope(),
                        e);
            }
        }
    }
}
