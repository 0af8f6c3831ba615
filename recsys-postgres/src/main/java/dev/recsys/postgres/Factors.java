package dev.recsys.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.SortedMap;
import org.postgresql.PGConnection;

/** What days are multiplied by, as arrays for PostgreSQL. */
final class Factors {
    private final String[] days;
    private final double[] factors;
    private final double[] vanishing;

    private Factors(String[] days, double[] factors, double[] vanishing) {
        this.days = days;
        this.factors = factors;
        this.vanishing = vanishing;
    }

    static Factors of(SortedMap<LocalDate, Double> byDay) {
        String[] days = byDay.keySet().stream().map(LocalDate::toString).toArray(String[]::new);
        double[] factors =
                byDay.values().stream().mapToDouble(Double::doubleValue).toArray();
        double[] vanishing = new double[factors.length];
        for (int i = 0; i < vanishing.length; i++) {
            vanishing[i] = vanishing(factors[i]);
        }
        return new Factors(days, factors, vanishing);
    }

    /** Sets three parameters of a statement, from the first on: days, factors, and what each factor makes 0. */
    void set(PreparedStatement statement) throws SQLException {
        Connection connection = statement.getConnection();
        PGConnection numbers = connection.unwrap(PGConnection.class); // takes arrays of numbers as they are
        statement.setArray(1, connection.createArrayOf("date", days));
        statement.setArray(2, numbers.createArrayOf("float8", factors));
        statement.setArray(3, numbers.createArrayOf("float8", vanishing));
    }

    /** Returns the greatest number that is not negative and whose product with the factor is 0: PostgreSQL has an error there. */
    static double vanishing(double factor) {
        if (factor == 0) {
            return Double.MAX_VALUE;
        }
        double number = Math.min(Double.MAX_VALUE, Double.MIN_VALUE / factor / 2); // right up to rounding
        while (number > 0 && number * factor != 0) {
            number = Math.nextDown(number);
        }
        while (Math.nextUp(number) * factor == 0) {
            number = Math.nextUp(number);
        }
        return number;
    }
}
