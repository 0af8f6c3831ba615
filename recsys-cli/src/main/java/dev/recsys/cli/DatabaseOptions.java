package dev.recsys.cli;

import dev.recsys.postgres.PostgresDatabase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database a command talks to. */
final class DatabaseOptions {
    private static final String ADDRESS = "RECSYS_DATABASE";
    private static final String PASSWORD = "RECSYS_DATABASE_PASSWORD";

    @Option(
            names = "--database",
            paramLabel = "URL",
            defaultValue = "${env:" + ADDRESS + "}",
            description = "The database, as jdbc:postgresql://HOST/DATABASE; by default what the environment says in "
                    + ADDRESS + ". Its password comes from " + PASSWORD + " alone, or from ~/.pgpass.")
    private @Nullable String url;

    @Option(
            names = "--database-user",
            paramLabel = "USER",
            defaultValue = "${env:RECSYS_DATABASE_USER:-${sys:user.name}}",
            description =
                    "Whose rights are used; by default what RECSYS_DATABASE_USER says, else the user of this process.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String user;

    boolean isSaid() {
        return url != null && !url.isEmpty();
    }

    /** Takes the database that is named. */
    PostgresDatabase open() {
        if (url == null || url.isEmpty()) {
            throw new IllegalArgumentException("--database is missing; name it, or set " + ADDRESS
                    + ", such as jdbc:postgresql://db.example/shop");
        }
        String password = System.getenv(PASSWORD);
        return PostgresDatabase.open(url, user, password == null ? "" : password);
    }
}
