package dev.recsys.preview;

import java.util.List;

/**
 * How the lists of a candidate differ from those of the current release.
 *
 * @param compared how many requests have an item in either list; overlaps are of these
 * @param becameEmpty how many requests had items and have none
 * @param becameFilled how many requests had no items and have some
 * @param identical for how many compared requests the lists hold the same items in the same order
 * @param overlap the mean overlap: the number of items in both lists, divided by the length of the longer one; 1 if nothing was
 *     compared
 * @param overlaps how many compared requests have an overlap under 0.1, from 0.1 to under 0.2, and so on; the last of the ten
 *     has those from 0.9 to 1
 * @param firstKept the share of compared requests whose first item is the same in both lists
 * @param rankShift by how many places an item that is in both lists moved, either way, in the mean
 * @param scoreShift by how much the score of an item that is in both lists changed, either way, in the mean: as a share of the
 *     best score of its list, for scores of different answers cannot be compared
 * @param gained the items that are shown more often, those that gain most first, equal ones by id; at most {@value #MOST}
 * @param lost the items that are shown less often, likewise
 * @param users the requests with the least overlap, one a user, by overlap, request id and user; at most {@value #MOST}
 * @param segments what changes in each segment, those with most requests first, equal ones by name; at most {@value #MOST}
 */
public record PreviewChange(
        long compared,
        long becameEmpty,
        long becameFilled,
        long identical,
        double overlap,
        List<Long> overlaps,
        double firstKept,
        double rankShift,
        double scoreShift,
        List<Item> gained,
        List<Item> lost,
        List<User> users,
        List<Segment> segments) {
    /** The longest list in a report. */
    public static final int MOST = 20;

    /** Copies the lists. */
    public PreviewChange {
        overlaps = List.copyOf(overlaps);
        gained = List.copyOf(gained);
        lost = List.copyOf(lost);
        users = List.copyOf(users);
        segments = List.copyOf(segments);
    }

    /**
     * How often an item is shown.
     *
     * @param itemId the item
     * @param current in the lists of the current release
     * @param candidate in those of the candidate
     */
    public record Item(String itemId, long current, long candidate) {
        /** Returns how many more lists it is in. */
        public long difference() {
            return candidate - current;
        }
    }

    /**
     * A request whose list changes much.
     *
     * @param user the user, as the log names it
     * @param requestId the request's id, or an empty text
     * @param overlap the overlap of the lists
     * @param current how many items the list of the current release holds
     * @param candidate how many that of the candidate
     */
    public record User(String user, String requestId, double overlap, int current, int candidate) {}

    /**
     * What changes for the requests of one segment.
     *
     * @param name the segment; an empty text stands for requests without one
     * @param requests how many
     * @param currentEmpty how many lists of the current release are empty
     * @param candidateEmpty how many of the candidate
     * @param overlap the mean overlap, 1 if both lists of all are empty
     */
    public record Segment(String name, long requests, long currentEmpty, long candidateEmpty, double overlap) {}
}
