package dev.recsys.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as published data sets come: other separators, no header, no times. */
class SeparatedFilesTest {
    @TempDir
    Path folder;

    @Test
    void aDatFileOfUserItemRatingAndTimeNeedsNoHeader() throws IOException {
        Path file = EventFiles.lines(folder.resolve("ratings.dat"), "1::a::7::1365029107", "2::b::8::1366576639");

        assertThat(events(source(file, EventColumns.GUESSED))).containsExactly("1365029107000 a", "1366576639000 b");
    }

    @Test
    void aFirstLineOfNamesIsNoEvent() throws IOException {
        Path four = EventFiles.lines(folder.resolve("four.csv"), "userId,movieId,rating,timestamp", "1,a,5,100");
        Path two = EventFiles.lines(folder.resolve("two.tsv"), "user_id\tsku", "1\ta");
        Path none = EventFiles.lines(folder.resolve("none.csv"), "1,a", "2,b");

        assertThat(events(source(four, EventColumns.GUESSED))).containsExactly("100000 a");
        assertThat(events(source(two, EventColumns.GUESSED))).containsExactly("0 a");
        assertThat(events(source(none, EventColumns.GUESSED))).containsExactly("0 a", "0 b");
    }

    @Test
    void namedColumnsAreTakenByNameAlsoWhereTheyWouldBeGuessed() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.csv"), "item,ts,user", "a,100,1");

        assertThat(events(source(file, EventColumns.GUESSED))).containsExactly("100000 a");
    }

    @Test
    void aTimeMayBeCalledTimeWhereColumnsAreGuessed() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.csv"), "user,item,time", "1,a,100");

        assertThat(events(source(file, EventColumns.GUESSED))).containsExactly("100000 a");
    }

    @Test
    void columnsAreCountedWhereTheyAreNumbers() throws IOException {
        Path file = EventFiles.lines(folder.resolve("e.txt"), "x;a;100", "y;b;200");
        EventColumns columns = EventColumns.parse("item=2,ts=3");
        EventReader.Source source =
                new EventReader.Source(List.of(file), Optional.of(EventFormat.CSV), columns, Optional.of(";"));

        assertThat(events(source)).containsExactly("100000 a", "200000 b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventColumns.parse("user=1,ts=2"))
                .withMessageContaining("item");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> events(new EventReader.Source(
                        List.of(file), Optional.of(EventFormat.CSV), EventColumns.parse("item=4"), Optional.of(";"))))
                .withMessageContaining("3 columns");
    }

    @Test
    void aLineOfAListIsAUserAndItsItems() throws IOException {
        Path file = EventFiles.lines(folder.resolve("train.txt"), "0 10 11", "1", "", "2  12\t10 ");
        EventReader.Source source =
                new EventReader.Source(List.of(file), Optional.of(EventFormat.LISTS), EventColumns.DEFAULT);

        EventReader.Result read = reader(source).read();

        assertThat(events(source)).containsExactlyInAnyOrder("0 10", "0 10", "0 11", "0 12");
        assertThat(read.events().userCount()).isEqualTo(2);
    }

    @Test
    void usersOfATestHaveTheNumbersThatTheyHaveInTraining() throws IOException {
        Path train = EventFiles.lines(folder.resolve("train.csv"), "a,x", "b,y");
        Path test = EventFiles.lines(folder.resolve("test.csv"), "c,x", "b,z");

        List<EventReader.Result> both =
                reader(source(train, EventColumns.GUESSED)).readWith(source(test, EventColumns.GUESSED));

        Events first = both.get(0).events();
        Events second = both.get(1).events();
        assertThat(userOf(second, "z")).isEqualTo(userOf(first, "y"));
        assertThat(userOf(second, "x")).isNotIn(userOf(first, "x"), userOf(first, "y"));
    }

    @Test
    void anEmptySeparatorIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventReader.Source(
                        List.of(Path.of("a")), Optional.empty(), EventColumns.DEFAULT, Optional.of("")))
                .withMessageContaining("separator");
    }

    private static int userOf(Events events, String item) {
        for (int event = 0; event < events.size(); event++) {
            if (events.itemId(events.itemOf(event)).equals(item)) {
                return events.userOf(event);
            }
        }
        throw new AssertionError("no event has " + item);
    }

    private static List<String> events(EventReader.Source source) {
        Events events = reader(source).read().events();
        List<String> texts = new ArrayList<>();
        for (int event = 0; event < events.size(); event++) {
            texts.add(events.millis(event) + " " + events.itemId(events.itemOf(event)));
        }
        return texts;
    }

    private static EventReader.Source source(Path file, EventColumns columns) {
        return new EventReader.Source(List.of(file), Optional.empty(), columns);
    }

    private static EventReader reader(EventReader.Source source) {
        return new EventReader(source, EventFilter.ALL, 0, ProgressListener.NONE);
    }
}
