package dev.recsys.postgres;

/** The tables of sums. All are alike: a day, the texts that name a row, an amount, and but for items a count. */
enum SumTable {
    POPULARITY("popularity_daily", "segment, item", "amount", "events"),
    ITEMS("item_sessions_daily", "item", "share", ""),
    PAIRS("cooc_daily", "item, neighbour", "share", "sessions");

    private final String table;
    private final String names;
    private final String amount;
    private final String count;

    SumTable(String table, String names, String amount, String count) {
        this.table = table;
        this.names = names;
        this.amount = amount;
        this.count = count;
    }

    /** Returns how many texts name a row. */
    int nameCount() {
        return names.contains(",") ? 2 : 1;
    }

    boolean hasCount() {
        return !count.isEmpty();
    }

    /**
     * Returns what writes rows. Parameters: tenant, surface, day; an array for each column. PostgreSQL takes no COPY into
     * tables with row-level security; arrays are about as fast.
     */
    String insert() {
        String columns = names + ", " + amount + (hasCount() ? ", " + count : "");
        return "insert into recsys." + table + " (tenant, surface, day, " + columns + ") select ?, ?, ?, " + columns
                + " from unnest(" + "?::text[], ".repeat(nameCount()) + "?::float8[]"
                + (hasCount() ? ", ?::bigint[]" : "")
                + ") as x (" + columns + ")";
    }

    /**
     * Returns what adds up rows: names, the sum of the amounts, the sum of the counts. Parameters: those of {@link Factors#set};
     * tenant, surface. The sum is plain addition from the first day to the last.
     */
    String select() {
        return "select " + names + ", sum(case when d." + amount + " <= f.vanishing then 0 else f.factor * d." + amount
                + " end order by d.day)" + (hasCount() ? ", sum(d." + count + ")::bigint" : "")
                + " from recsys." + table
                + " d join unnest(?::date[], ?::float8[], ?::float8[]) as f (day, factor, vanishing) on f.day = d.day"
                + " where d.tenant = ? and d.surface = ? group by " + names;
    }

    /** Returns what removes the days that are not kept, and one that is put. Parameters: tenant, surface, from, until, days. */
    String delete() {
        return "delete from recsys." + table + SignalRows.GOING;
    }
}
