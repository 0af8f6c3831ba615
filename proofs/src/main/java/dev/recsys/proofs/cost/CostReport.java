package dev.recsys.proofs.cost;

import dev.recsys.proofs.wire.Cloud;
import dev.recsys.proofs.wire.WireCall;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The counts, and what they come to.
 *
 * @param cloud which store
 * @param counted what each occasion takes
 * @param fleet who reads and ships
 * @param refresh how often a surface's pointer is asked for
 * @param pricePerMillionReads what a million reads cost, in whatever money; without one no money is printed
 */
record CostReport(
        Cloud.Kind cloud,
        Map<Occasion, Requests> counted,
        Fleet fleet,
        Duration refresh,
        OptionalDouble pricePerMillionReads) {
    private static final List<Integer> FACTORS = List.of(1, 2, 10, 120);
    private static final int BACKSTOP = 10; // refresh intervals
    private static final double MILLION = 1e6;

    /** Returns what an occasion takes. */
    Requests of(Occasion occasion) {
        return counted.getOrDefault(occasion, Requests.NONE);
    }

    /** Returns what one artifact more takes of a ship. */
    Requests anArtifactShipped() {
        return of(Occasion.SHIP).minus(of(Occasion.SHIP_OF_ONE));
    }

    /** Returns what one artifact more takes of a load. */
    Requests anArtifactLoaded() {
        return of(Occasion.POLL_NEW).minus(of(Occasion.POLL_NEW_OF_ONE));
    }

    private double readsADayOfPolls(Duration interval) {
        return fleet.pollsADay(interval) * of(Occasion.POLL).reads();
    }

    private double readsADayOfLoads() {
        int more = of(Occasion.POLL_NEW).reads() - of(Occasion.POLL).reads();
        return fleet.loadsADay() * more;
    }

    private String countsTable() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-46s", cloud.name()));
        for (WireCall.Kind kind : WireCall.Kind.values()) {
            text.append(String.format(Locale.ROOT, "%8s", kind));
        }
        text.append('\n');
        counted.forEach((occasion, requests) -> row(text, occasion.toString(), requests));
        row(text, "  each artifact of a ship", anArtifactShipped());
        row(text, "  each artifact of a load", anArtifactLoaded());
        return text.toString();
    }

    private static void row(StringBuilder text, String name, Requests requests) {
        text.append(String.format(Locale.ROOT, "%-46s", name));
        for (WireCall.Kind kind : WireCall.Kind.values()) {
            text.append(String.format(Locale.ROOT, "%8s", requests.of(kind) == 0 ? "." : requests.of(kind)));
        }
        text.append('\n');
    }

    private String fleetTable() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%d JVMs x %d surfaces, each shipped %d times a day, a month of 30 days%n%-46s%12s%14s%16s%s%n",
                fleet.jvms(),
                fleet.surfaces(),
                fleet.shipsADay(),
                "",
                "a second",
                "a day",
                "a month",
                pricePerMillionReads.isPresent() ? String.format(Locale.ROOT, "%14s", "money a month") : ""));
        for (int factor : FACTORS) {
            Duration interval = refresh.multipliedBy(factor);
            amounts(text, "reads: polls every " + words(interval), readsADayOfPolls(interval), true);
        }
        Duration backstop = refresh.multipliedBy(BACKSTOP);
        double hinted =
                fleet.pollsADayWithAHint(refresh, backstop) * of(Occasion.POLL).reads();
        amounts(text, "reads: polls of a hint, all every " + words(backstop), hinted, true);
        amounts(text, "reads: loads of what is new", readsADayOfLoads(), true);
        amounts(text, "reads: ships", fleet.allShipsADay() * of(Occasion.SHIP).reads(), true);
        amounts(text, "writes: ships", fleet.allShipsADay() * of(Occasion.SHIP).writes(), false);
        return text.toString();
    }

    private void amounts(StringBuilder text, String name, double aDay, boolean areReads) {
        double aMonth = Fleet.aMonth(aDay);
        text.append(String.format(
                Locale.ROOT,
                "%-46s%12.2f%,14.0f%,16.0f",
                name,
                aDay / Duration.ofDays(1).toSeconds(),
                aDay,
                aMonth));
        if (areReads && pricePerMillionReads.isPresent()) {
            text.append(String.format(Locale.ROOT, "%14.2f", aMonth / MILLION * pricePerMillionReads.getAsDouble()));
        }
        text.append('\n');
    }

    private static String words(Duration interval) {
        return interval.toSeconds() % 3600 == 0
                ? interval.toHours() + " h"
                : interval.toSeconds() % 60 == 0 ? interval.toMinutes() + " min" : interval.toSeconds() + " s";
    }

    @Override
    public String toString() {
        return countsTable() + fleetTable();
    }
}
