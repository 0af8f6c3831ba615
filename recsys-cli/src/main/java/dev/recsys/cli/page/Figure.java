package dev.recsys.cli.page;

/**
 * A value, where it may be, and what to know of it.
 *
 * @param value the value
 * @param low the lower end of its interval; the value itself if it has none
 * @param high the upper end
 * @param note such as how many rows it is of; may be empty
 */
public record Figure(double value, double low, double high, String note) {
    /** Refuses what has no place on an axis. */
    public Figure {
        if (!Double.isFinite(value) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new IllegalArgumentException(
                    "a figure is " + value + " from " + low + " to " + high + "; expected finite numbers");
        }
    }

    /** Has no interval and no note. */
    public static Figure of(double value) {
        return new Figure(value, value, value, "");
    }

    /** Returns whether it has an interval. */
    boolean hasInterval() {
        return low < high;
    }

    String text(Unit unit) {
        String interval = hasInterval() ? " (" + unit.format(low) + " to " + unit.format(high) + ")" : "";
        return unit.format(value) + interval + (note.isEmpty() ? "" : ", " + note);
    }
}
