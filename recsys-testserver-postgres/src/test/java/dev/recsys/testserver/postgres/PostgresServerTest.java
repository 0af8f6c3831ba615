package dev.recsys.testserver.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
    @Test
    void whatWasCommittedIsThereAfterTheServerWasStoppedAndAfterItWasKilled() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            server.createDatabase("shop");
            server.execute("shop", List.of("create table t (a int)", "insert into t values (1)"));
            server.stop();
            server.restart();
            server.execute("shop", List.of("insert into t values (2)"));
            server.kill();
            server.restart();
            assertThat(rows(server)).isEqualTo(2);
        }
    }

    private static int rows(PostgresServer server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url("shop"), PostgresServer.SUPERUSER, "");
                ResultSet result = connection.createStatement().executeQuery("select count(*) from t")) {
            result.next();
            return result.getInt(1);
        }
    }
}
