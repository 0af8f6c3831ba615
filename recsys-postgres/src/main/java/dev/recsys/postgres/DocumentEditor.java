package dev.recsys.postgres;

import dev.recsys.ConflictException;
import dev.recsys.NotFoundException;
import dev.recsys.control.Versioned;
import dev.recsys.controls.Place;
import dev.recsys.postgres.Change.Author;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Changes the documents of one kind: configurations, or rules. Every change names the version that is to be replaced; of
 * two who replace the same one, one wins, and the other is told who did. What was in force once is kept, and can be brought
 * back. Safe for concurrent use.
 *
 * <p>What changes return has been committed. What they throw, beside what they name:
 * {@link dev.recsys.StoreUnavailableException} or {@link dev.recsys.StoreDeniedException} - nothing changed;
 * {@link dev.recsys.OutcomeUnknownException} - the connection was lost while it was committed: its handle is the change to
 * look for in {@link ControlEditor#audit}.
 */
public final class DocumentEditor<T> {
    private final Transactions transactions;
    private final DocumentRows<T> rows;
    private final String actor;

    DocumentEditor(Transactions transactions, DocumentKind<T> kind, String actor) {
        this.transactions = transactions;
        this.rows = new DocumentRows<>(kind);
        this.actor = actor;
    }

    private DocumentKind<T> kind() {
        return rows.kind();
    }

    /** Returns what is in force for a place: its own, else its tenant's, else the default. */
    public Versioned<T> inForce(Place place) {
        return read(place, connection -> {
            String version = rows.inForce(connection, place);
            return version.equals(kind().forAll().version())
                    ? kind().forAll()
                    : new Versioned<>(version, document(connection, place, version));
        });
    }

    /** Returns what came into force at exactly this place, the newest first. */
    public List<DocumentRevision> history(Place place, int most) {
        Remarks.requireCount(most);
        return read(place, connection -> rows.history(connection, place, most));
    }

    /** Returns a document that the tenant has or had, by its version. */
    public Optional<T> version(Place place, String version) {
        if (version.equals(kind().forAll().version())) {
            return Optional.of(kind().forAll().value());
        }
        return isVersion(version)
                ? read(place, connection -> rows.document(connection, place.tenant(), version))
                : Optional.empty();
    }

    /**
     * Puts a document in force, and returns its version. If it is the place's own and in force already, nothing changes.
     *
     * @param ifMatch the version that is to be replaced, as {@link #inForce} gives it
     * @param reason why, 1 to 500 characters
     * @throws ConflictException if another version is in force; it names who put it there; nothing changed
     * @throws NotFoundException if there is no such tenant; nothing changed
     */
    public String put(Place place, T document, String ifMatch, String reason) {
        Versioned<T> next = new Versioned<>(kind().etag().apply(document), document);
        return change(place, "put", ifMatch, reason, connection -> {
            rows.keep(connection, place.tenant(), next);
            return Optional.of(next.version());
        });
    }

    /**
     * Puts in force what a revision of this place put in force, and returns its version.
     *
     * @param revision see {@link #history}
     * @param ifMatch see {@link #put}
     * @param reason see {@link #put}
     * @throws ConflictException see {@link #put}
     * @throws NotFoundException if there is no such revision, or the place had none of its own then; nothing changed
     */
    public String rollback(Place place, long revision, String ifMatch, String reason) {
        return change(place, "rollback", ifMatch, reason, connection -> {
            Optional<DocumentRevision> earlier = rows.revision(connection, place, revision);
            if (earlier.flatMap(DocumentRevision::version).isEmpty()) {
                throw new NotFoundException(kind().title() + " of " + place + " has no revision " + revision
                        + (earlier.isPresent() ? " with a document: it had none of its own then" : "")
                        + ". Nothing changed. Look at the history.");
            }
            return earlier.get().version();
        });
    }

    /**
     * Takes away what a place has of its own, so that what is above it holds, and returns the version that is in force now.
     *
     * @param ifMatch see {@link #put}
     * @param reason see {@link #put}
     * @throws ConflictException see {@link #put}
     */
    public String clear(Place place, String ifMatch, String reason) {
        return change(place, "clear", ifMatch, reason, connection -> Optional.empty());
    }

    /** Whether a text may be a version at all: what PostgreSQL cannot hold must not reach it. */
    static boolean isVersion(String text) {
        return text.matches("sha256-[0-9a-f]{64}");
    }

    private <R> R read(Place place, Work<R> work) {
        return transactions.read(place.tenant(), "Reading " + kind().title() + " of " + place, work);
    }

    /**
     * Makes one change, and returns the version that is in force then.
     *
     * @param next returns the version that comes into force; empty for none of its own
     */
    private String change(Place place, String action, String ifMatch, String reason, Work<Optional<String>> next) {
        Author author = new Author(actor, Remarks.require("reason", reason));
        Change change = new Change(UUID.randomUUID(), place.tenant(), place.surface(), kind().name(), action, author);
        return transactions.write(
                place.tenant(), change.id(), "Changing " + kind().title() + " of " + place, connection -> {
                    var unused = TenantLock.take(connection, place.tenant());
                    String before = requireMatch(connection, place, ifMatch);
                    Optional<DocumentRevision> last = rows.last(connection, place);
                    Optional<String> version = next.in(connection);
                    if (!version.equals(last.flatMap(DocumentRevision::version))) {
                        rows.add(connection, place, revision(last, version, change), change.id());
                        change.audit(connection, before, rows.inForce(connection, place));
                    }
                    return rows.inForce(connection, place);
                });
    }

    private static DocumentRevision revision(Optional<DocumentRevision> last, Optional<String> version, Change change) {
        long number = last.map(DocumentRevision::revision).orElse(0L) + 1;
        return new DocumentRevision(
                number,
                version,
                Instant.EPOCH, // the database dates it
                change.by().actor(),
                change.action(),
                change.by().reason());
    }

    private String requireMatch(Connection connection, Place place, String ifMatch) throws SQLException {
        String found = rows.inForce(connection, place);
        if (!found.equals(ifMatch)) {
            String winner = rows.last(connection, place)
                    .map(last -> ", put in force by " + last.actor() + " at " + last.at() + " (" + last.reason() + ")")
                    .orElse("");
            throw new ConflictException(kind().title() + " of " + place + " was not replaced: expected version "
                    + ifMatch + " in force, found " + found + winner
                    + ". Nothing changed. Read what is in force, change that, and put it again.");
        }
        return found;
    }

    private T document(Connection connection, Place place, String version) throws SQLException {
        return rows.document(connection, place.tenant(), version)
                .orElseThrow(() -> new IllegalStateException("version " + version + " of " + place + " is gone"));
    }
}
