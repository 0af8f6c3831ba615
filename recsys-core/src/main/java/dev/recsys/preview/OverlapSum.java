package dev.recsys.preview;

import dev.recsys.preview.PreviewChange.Segment;

/** Overlaps and empty lists of requests, added up. */
final class OverlapSum {
    private static final long BILLION = 1_000_000_000;

    private long requests;
    private long compared;
    private long currentEmpty;
    private long candidateEmpty;
    private long billionths;

    void add(Compared request, long commonItems) {
        requests++;
        currentEmpty += request.current().isEmpty() ? 1 : 0;
        candidateEmpty += request.candidate().isEmpty() ? 1 : 0;
        if (request.longer() > 0) {
            compared++;
            billionths += commonItems * BILLION / request.longer();
        }
    }

    long compared() {
        return compared;
    }

    /** Returns the mean overlap, 1 if nothing was compared. */
    double mean() {
        return compared == 0 ? 1 : (double) billionths / compared / BILLION;
    }

    Segment segment(String name) {
        return new Segment(name, requests, currentEmpty, candidateEmpty, mean());
    }
}
