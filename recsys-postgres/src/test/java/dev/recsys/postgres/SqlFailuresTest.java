package dev.recsys.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.RecsysException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SqlFailuresTest {
    @Test
    void whatPostgresSaidOfARefusedRowIsToldWithoutTheAdviceToTryAgain() {
        RecsysException refusal = SqlFailures.notCommitted(
                "Making room for log of 1970-01",
                new SQLException("no month of a log is made for 1970-01-01", "22008"));

        assertThat(SqlFailures.isOfTheData(refusal)).isTrue();
        assertThat(SqlFailures.said(refusal)).isEqualTo("PostgreSQL said 'no month of a log is made for 1970-01-01'");
    }
}
