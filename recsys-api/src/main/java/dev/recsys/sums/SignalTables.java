package dev.recsys.sums;

import dev.recsys.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tables of a database that hold, for each scope, what each of its days adds to its signals.
 *
 * <p>What every implementation guarantees, and what {@code recsys-testkit} tests line by line:
 *
 * <ol>
 *   <li>A replacement is seen as a whole or not at all, all its days, settings and revision together, and survives a loss
 *       of power once it was reported. One that fails, whatever fails, leaves what was there.
 *   <li>The revision of a scope begins at 1, grows by 1 with every replacement and never starts again. Of several
 *       replacements that expect the same revision one is made; the others are {@link dev.recsys.ConflictException}s.
 *   <li>A reading sees one revision from its beginning to its end, whatever is replaced meanwhile.
 *   <li>Texts are compared by code points: case, accents and blanks tell them apart. A number comes back with the same
 *       bits, an instant with the same millisecond.
 *   <li>A sum over days is added up in the order of the days, in doubles, so that every reading of one revision gives the
 *       same bits.
 *   <li>A refusal is {@link dev.recsys.StoreDeniedException}, an outage is {@link dev.recsys.StoreUnavailableException};
 *       that there is nothing is only said with authority.
 *   <li>Scopes have nothing to do with each other. Safe for concurrent use.
 * </ol>
 *
 * <p>A timeout is the longest time that a call may wait for the database; what the caller's own callbacks take counts too.
 */
public interface SignalTables {
    /** Returns where the tables are, for messages: without credentials, and without control characters. */
    String location();

    /**
     * Returns what is there of a scope; empty if it was never filled.
     *
     * @throws dev.recsys.StoreUnavailableException if the database did not answer in time
     * @throws dev.recsys.StoreDeniedException if the database refused
     */
    Optional<TablesState> state(Scope scope, Duration timeout);

    /**
     * Replaces days in one transaction; see {@link Replacement}.
     *
     * @return what is there afterwards
     * @throws dev.recsys.ConflictException if the revision is another than the replacement expects
     * @throws dev.recsys.StoreUnavailableException if it is not known to be replaced; it is if the state has the
     *     replacement's id
     * @throws dev.recsys.StoreDeniedException if the database refused
     */
    TablesState replace(Scope scope, Replacement replacement, Duration timeout);

    /**
     * Reads one revision.
     *
     * @param reading is called once, on this thread, unless the scope was never filled; what it throws ends the reading
     * @return what the reading returns; empty if the scope was never filled
     * @throws dev.recsys.StoreUnavailableException if the database did not answer in time
     * @throws dev.recsys.StoreDeniedException if the database refused
     */
    <T> Optional<T> read(Scope scope, Function<SumsReader, T> reading, Duration timeout);
}
