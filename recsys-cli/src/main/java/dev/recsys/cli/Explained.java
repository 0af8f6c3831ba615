package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Explanation;
import dev.recsys.Explanation.Contribution;
import dev.recsys.Explanation.Dropped;
import dev.recsys.Explanation.Item;
import dev.recsys.Explanation.Stage;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Why an answer is as it is, for machines and for people. */
final class Explained {
    private static final String NOTHING = "-";

    private Explained() {}

    /** Returns the answer's document with every figure of each item. */
    static ObjectNode json(Explanation explanation) {
        ObjectNode json = Recommended.json(explanation.answer());
        ArrayNode items = json.putArray("explained");
        explanation.items().forEach(item -> put(items.addObject(), item));
        return json;
    }

    private static void put(ObjectNode node, Item item) {
        node.put("item_id", item.itemId())
                .put("position", item.position())
                .put("rank", item.rank())
                .put("score", (float) item.score())
                .put("boost", (float) item.boost())
                .put("propensity", item.propensity());
        ArrayNode rules = node.putArray("rules");
        item.rules().forEach(rules::add);
        ArrayNode contributions = node.putArray("contributions");
        for (Contribution contribution : item.contributions()) {
            contributions
                    .addObject()
                    .put("signal", contribution.signal())
                    .put("raw", (float) contribution.raw())
                    .put("scaled", (float) contribution.scaled())
                    .put("weight", (float) contribution.weight())
                    .put("share", (float) contribution.share());
        }
        item.dropped()
                .ifPresent(dropped -> node.putObject("dropped")
                        .put("stage", dropped.stage().name().toLowerCase(Locale.ROOT))
                        .put("detail", dropped.detail()));
    }

    /**
     * Returns the list for people, with what made each score, and what became of the items that were asked about.
     *
     * @param asked the items that were asked about
     * @param isControlled whether somebody configured it
     */
    static String text(Explanation explanation, Set<String> asked, boolean isControlled) {
        StringBuilder text = new StringBuilder(table(explanation.items()).toString());
        for (Item item : explanation.items()) {
            item.dropped().ifPresent(dropped -> text.append(whyNot(item.itemId(), dropped)));
            if (item.position() > 0 && asked.contains(item.itemId())) {
                text.append(String.format("%s is in the list, at place %d.%n", item.itemId(), item.position()));
            }
        }
        text.append(Recommended.origin(explanation.answer(), isControlled));
        text.append(Recommended.degradations(explanation.answer(), "Warning"));
        return text.toString();
    }

    private static String whyNot(String itemId, Dropped dropped) {
        return String.format("%s is not in the list: %s (%s).%n", itemId, words(dropped.stage()), dropped.detail());
    }

    private static String words(Stage stage) {
        return switch (stage) {
            case UNKNOWN -> "nobody knows it";
            case EXCLUDED -> "it was excluded";
            case RECENT -> "recent items are left out";
            case BLOCKED -> "a rule blocks it";
            case UNAVAILABLE -> "it is not available";
            case FILTERED -> "the filter left it out";
            case NO_SIGNAL -> "no signal brought it up";
            case CAPPED -> "a cap was reached";
            case OUTRANKED -> "others come before it";
        };
    }

    private static TextTable table(List<Item> items) {
        SortedSet<String> signals = new TreeSet<>();
        items.forEach(item -> item.contributions().forEach(contribution -> signals.add(contribution.signal())));
        boolean isDrawn = items.stream().anyMatch(item -> item.propensity() < 1);
        List<String> head = new ArrayList<>(List.of("#", "ITEM", "SCORE"));
        head.addAll(signals);
        head.addAll(List.of("BOOST", "BY SCORE -> PLACE", "RULES"));
        if (isDrawn) {
            head.add("DRAWN WITH");
        }
        TextTable table = new TextTable(head.toArray(String[]::new));
        items.forEach(item -> table.row(cells(item, signals, isDrawn)));
        return table;
    }

    private static Object[] cells(Item item, Set<String> signals, boolean isDrawn) {
        List<String> cells = new ArrayList<>();
        cells.add(place(item.position()));
        cells.add(item.itemId());
        cells.add(Recommended.figure(item.score()));
        signals.forEach(signal -> cells.add(share(item, signal)));
        cells.add(boost(item.boost()));
        cells.add(
                item.rank() == item.position()
                        ? place(item.rank())
                        : place(item.rank()) + " -> " + place(item.position()));
        cells.add(item.rules().isEmpty() ? NOTHING : String.join(", ", item.rules()));
        if (isDrawn) {
            cells.add(item.propensity() < 1 ? Recommended.figure(item.propensity()) : NOTHING);
        }
        return cells.toArray();
    }

    private static String boost(double boost) {
        return boost == 1
                ? NOTHING
                : "x" + new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(boost);
    }

    private static String place(int number) {
        return number == 0 ? NOTHING : String.valueOf(number);
    }

    private static String share(Item item, String signal) {
        return item.contributions().stream()
                .filter(contribution -> contribution.signal().equals(signal))
                .map(contribution -> Recommended.figure(contribution.share()))
                .findFirst()
                .orElse(NOTHING);
    }
}
