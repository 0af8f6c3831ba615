package dev.recsys.artifact;

/**
 * How much of what is in a table: from this, and its length, a reader tells what memory it will take before it fetches it.
 *
 * @param items how many items it numbers
 * @param labels how many rows have a label; 0 where rows belong to items
 * @param nameBytes how many bytes all ids and labels have in UTF-8
 * @param entries how many entries all rows have together
 */
public record TableCounts(long items, long labels, long nameBytes, long entries) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public TableCounts {
        if (items < 0 || labels < 0 || nameBytes < 0 || entries < 0) {
            throw new IllegalArgumentException("a table has items=" + items + ", labels=" + labels + ", nameBytes="
                    + nameBytes + ", entries=" + entries + "; expected none that is negative");
        }
    }
}
