package dev.recsys.benchmarks;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.benchmarks.ArtifactForm.Neighbours;
import dev.recsys.internal.Digests;
import dev.recsys.table.RowKeys;
import dev.recsys.table.ScoredItem;
import dev.recsys.table.Table;
import dev.recsys.table.TableForm;
import dev.recsys.table.TableInfo;
import dev.recsys.table.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one table of neighbours takes on the disk, to load for the first time in a process and again, and of the heap, in the
 * library's forms, in Netflix Hollow and in JSON. {@code FOLDER} must not exist. All forms are read and checked equal before
 * anything is timed. Each first load has a JVM of its own, and forms come in turn.
 */
public final class ArtifactTable {
    private static final TableForm PACKED = TableForm.PACKED;
    private static final TableForm EXACT = TableForm.EXACT;
    private static final int BOUND = -1;

    private static final List<ArtifactForm> FORMS = List.of(
            new RecsysForm("recsys, packed", PACKED, false),
            new RecsysForm("recsys, exact", EXACT, false),
            new RecsysForm("recsys, packed, mapped", PACKED, true),
            new RecsysForm("recsys, exact, mapped", EXACT, true),
            new HollowForm("Hollow 7.14, float scores", false),
            new HollowForm("Hollow 7.14, 8-bit scores and a scale a row", true),
            new ShortJsonForm("JSON, ids and scores in turn, streamed into arrays"),
            new JsonForm("JSON, a list of objects a row, bound to a map"));

    private final Path folder;

    ArtifactTable(Path folder) {
        this.folder = folder;
    }

    /** Measures: {@code FOLDER [ITEMS [NEIGHBOURS [PROCESSES]]]}; of itself it is called with {@code load FOLDER FORM}. */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("load")) {
            System.out.println(new ArtifactTable(Path.of(arguments[1])).load(Integer.parseInt(arguments[2])));
            return;
        }
        int items = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        int neighbours = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 91;
        int processes = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 7;
        ArtifactTable table = new ArtifactTable(Path.of(arguments[0]));
        table.write(items, neighbours);
        System.out.print(table.measured(processes));
    }

    /**
     * Writes all forms and checks that they hold the same.
     *
     * @throws IllegalStateException if they do not
     */
    void write(int items, int neighbours) throws IOException {
        Files.createDirectories(folder);
        Path source = folder.resolve("source.rst");
        TableInfo info = new TableInfo(SyntheticShop.SCOPE, ArtifactType.COOC, "sku");
        try (TableWriter writer = TableWriter.create(source, info, EXACT, RowKeys.ITEMS)) {
            new SyntheticNeighbours(items, neighbours).writeTo(writer);
        }
        Table exact = Table.open(source);
        for (ArtifactForm form : FORMS) {
            form.write(exact, file(form));
            requireEqual(exact, form);
        }
    }

    private Path file(ArtifactForm form) {
        return folder.resolve("form-" + FORMS.indexOf(form));
    }

    private void requireEqual(Table exact, ArtifactForm form) throws IOException {
        Neighbours loaded = form.load(file(form));
        for (int row = 0; row < exact.rowCount(); row++) {
            List<ScoredItem> expected = exact.row(exact.rowKey(row));
            List<ScoredItem> found = loaded.row(exact.rowKey(row));
            if (!areEqual(expected, found, form.tolerance() * expected.get(0).score())) {
                throw new IllegalStateException(
                        form.name() + " has " + found + " for " + exact.rowKey(row) + "; expected " + expected);
            }
        }
    }

    private static boolean areEqual(List<ScoredItem> expected, List<ScoredItem> found, double tolerance) {
        if (expected.size() != found.size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            float roundingError = Math.ulp(expected.get(0).score());
            double difference = Math.abs(expected.get(i).score() - found.get(i).score());
            if (!expected.get(i).itemId().equals(found.get(i).itemId())
                    || difference > (tolerance == 0 ? 0 : tolerance + roundingError)) {
                return false;
            }
        }
        return true;
    }

    /** Loads one form in this process, for the first time and then again, or reads the bytes and digests them. */
    private FreshLoad.Figures load(int form) throws IOException {
        Path file = form == BOUND ? file(FORMS.get(0)) : file(FORMS.get(form));
        return FreshLoad.measure(
                () -> form == BOUND ? Digests.of(file) : FORMS.get(form).load(file));
    }

    /** Returns the table. */
    String measured(int processes) throws IOException {
        List<List<FreshLoad.Figures>> rounds = new ArrayList<>();
        for (int process = 0; process < processes; process++) {
            List<FreshLoad.Figures> round = new ArrayList<>();
            for (int form = BOUND; form < FORMS.size(); form++) {
                round.add(FreshLoad.inFreshProcess(ArtifactTable.class, folder, form));
            }
            rounds.add(round);
        }
        StringBuilder table = new StringBuilder(
                "| | MB | first load CPU ms | x bound | wall ms | warm CPU ms | heap MB | peak RSS MB |\n"
                        + "|---|---|---|---|---|---|---|---|\n");
        double bound = FreshLoad.Figures.median(rounds, 0).cpuMillis();
        for (int row = 0; row < rounds.get(0).size(); row++) {
            FreshLoad.Figures figures = FreshLoad.Figures.median(rounds, row);
            ArtifactForm form = FORMS.get(Math.max(0, row - 1));
            String name = row == 0 ? "bound: the packed bytes read and digested" : form.name();
            double megabytes = Files.size(file(form)) / 1e6;
            table.append(figures.row(name, megabytes, bound));
        }
        return table.toString();
    }
}
