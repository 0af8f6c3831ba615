package dev.recsys.pipelines.signals;

import dev.recsys.internal.IdPool;
import dev.recsys.table.TableWriter;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The items of a window, numbered as its events number them: from the most frequent on, equal ones by id. */
final class SummedItems {
    private final IdPool ids; // in the order in which they came
    private final int[] numbers; // [place in ids]
    private final int[] places; // [number]
    private final IdOrder order;

    /** Takes over ids and how many events each has; both are not changed any more. */
    SummedItems(IdPool ids, long[] events) {
        this.ids = ids;
        int[] byId = ids.sorted();
        int[] byFrequency = IntStream.of(byId)
                .boxed()
                .sorted(Comparator.comparingLong(
                        place -> -events[place])) // stable: equal ones stay in the order of ids
                .mapToInt(Integer::intValue)
                .toArray();
        this.places = byFrequency;
        this.numbers = new int[places.length];
        for (int number = 0; number < places.length; number++) {
            numbers[places[number]] = number;
        }
        this.order = new IdOrder(IntStream.of(byId).map(place -> numbers[place]).toArray());
    }

    int count() {
        return places.length;
    }

    /** Returns the number of the item that came at a place. */
    int number(int place) {
        return numbers[place];
    }

    /** Returns the number of an item, or -1 if it did not come. */
    int number(String id) {
        int place = ids.indexOf(id);
        return place < 0 ? -1 : numbers[place];
    }

    String id(int number) {
        return ids.get(places[number]);
    }

    IdOrder order() {
        return order;
    }

    /** Names all items in their order, so that they have the same numbers in the table. */
    void nameIn(TableWriter table) {
        for (int number = 0; number < places.length; number++) {
            table.item(id(number));
        }
    }
}
