package dev.recsys.postgres;

import dev.recsys.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Another process of the fleet: prints the version of the rules in force whenever it is another one, and when that was. */
final class FleetMain {
    private FleetMain() {}

    /**
     * Follows a database until the process is killed.
     *
     * @param args the database's address, and the refresh interval in milliseconds
     */
    public static void main(String[] args) {
        Scope scope = new Scope("acme", "home");
        PostgresDatabase database = PostgresDatabase.open(args[0], args[2], "");
        PostgresControls controls = PostgresControls.builder(database)
                .refreshInterval(Duration.ofMillis(Long.parseLong(args[1])))
                .instance("the other process")
                .open();
        controls.prepare(scope);
        String before = "";
        while (true) {
            String version = controls.rules().current(scope).version();
            if (!version.equals(before)) {
                Instant now = Instant.now();
                System.out.println(version + " " + now);
                System.out.flush();
                before = version;
            }
            LockSupport.parkNanos(200_000);
        }
    }
}
