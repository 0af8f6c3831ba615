package dev.recsys.control;

import dev.recsys.Scope;
import dev.recsys.artifact.Revision;
import java.util.Optional;

/**
 * Watches over what a publisher does, in the publisher's process: may refuse it beforehand, and is told of it afterwards.
 * May wait for I/O. Safe for concurrent use.
 */
public interface PublishListener {
    /**
     * Is asked before an operation begins. Returns if it may go on; whatever this throws ends the operation, and nothing
     * changed.
     *
     * @param action what is to be done, such as {@code ship} or {@code rollback}
     * @param by who is to do it
     * @throws dev.recsys.RefusedException if it may not go on
     */
    void permit(Scope scope, String action, String by);

    /**
     * Is told of a revision that has become current, once for each by the process that made it so; not told if that process
     * dies before. Of an operation whose outcome was unknown, whoever resumes it tells: late, and once by each who does. An
     * exception is logged and changes nothing: the revision stands.
     *
     * @param before what was current before; empty if nothing was, or if that cannot be read any more
     */
    void published(Revision revision, Optional<Revision> before);
}
