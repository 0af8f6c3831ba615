package dev.recsys.cli;

import dev.recsys.Recommendations;
import dev.recsys.RecommendedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** In what an answer that was made again differs from the one that was shown, bit for bit. */
final class Differences {
    private final List<String> found = new ArrayList<>();

    private Differences() {}

    /** Returns what differs, in words; of the items only the first that does. */
    static List<String> between(Recommendations shown, Recommendations made) {
        Differences differences = new Differences();
        differences.compare("release", shown.release(), made.release());
        differences.compare("surface", shown.scope(), made.scope());
        differences.compare("revision", shown.epoch() + "/" + shown.seq(), made.epoch() + "/" + made.seq());
        differences.compare("versions", shown.versions(), made.versions());
        differences.items(shown.items(), made.items());
        return differences.found;
    }

    private void items(List<RecommendedItem> shown, List<RecommendedItem> made) {
        compare("number of items", shown.size(), made.size());
        for (int i = 0; i < Math.min(shown.size(), made.size()); i++) {
            if (!shown.get(i).equals(made.get(i))) { // a record compares its numbers bit for bit
                item("place " + (i + 1) + ": ", shown.get(i), made.get(i));
                return;
            }
        }
    }

    private void item(String place, RecommendedItem shown, RecommendedItem made) {
        compare(place + "item", shown.itemId(), made.itemId());
        compare(place + "score", shown.score(), made.score());
        compare(place + "signals", shown.signals(), made.signals());
        compare(place + "rules", shown.rules(), made.rules());
        compare(place + "propensity", shown.propensity(), made.propensity());
    }

    private void compare(String what, Object shown, Object made) {
        if (!Objects.equals(shown, made)) {
            found.add(what + " was " + shown + " and is " + made);
        }
    }
}
