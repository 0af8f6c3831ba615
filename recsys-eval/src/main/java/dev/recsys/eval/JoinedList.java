package dev.recsys.eval;

import java.util.List;
import java.util.SortedMap;

/**
 * A list that was shown, and what came of it.
 *
 * @param list the list
 * @param outcomes by the index of the item, from 0; those of one item by time
 */
public record JoinedList(LoggedList list, SortedMap<Integer, List<LoggedOutcome>> outcomes) {}
