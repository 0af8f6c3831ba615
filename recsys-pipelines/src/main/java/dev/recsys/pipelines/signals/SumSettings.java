package dev.recsys.pipelines.signals;

import dev.recsys.table.TableInfo;

/**
 * How signals are computed from sums of days. Not everything can be: what a whole window decides is in no sum of a day.
 *
 * @param popularity how popularity is computed; without a trend
 * @param cooc how co-visitation is computed; any similarity but {@code bm25-cosine}
 * @param sessions what a session is
 * @param compatibilityGroup the name of the id space of the items; see BuildWriter
 */
public record SumSettings(
        PopularitySettings popularity, CoocSettings cooc, SessionSettings sessions, String compatibilityGroup) {
    /**
     * Checks that sums of days give the signals.
     *
     * @throws IllegalArgumentException if they do not; the message says what to set
     */
    public SumSettings {
        if (popularity.trend().isPresent()) {
            throw new IllegalArgumentException(
                    "tables hold no trend: it compares windows that sums of days do not have; leave trend out");
        }
        if (cooc.similarity() == Similarity.BM25_COSINE) {
            throw new IllegalArgumentException("tables hold no bm25-cosine: it weighs a session by totals of the whole"
                    + " window, which sums of days do not have; choose another similarity");
        }
        TableInfo.requireGroup(compatibilityGroup);
    }

    /** Returns the settings as lines of text, to be kept with the sums. */
    public String text() {
        return SumSettingsText.write(this);
    }

    /**
     * Reads what {@link #text} returned.
     *
     * @throws dev.recsys.NewerFormatException if a newer version of recsys wrote it
     * @throws dev.recsys.DamagedException if it is nothing that recsys wrote
     */
    public static SumSettings parse(String text) {
        return SumSettingsText.read(text);
    }
}
