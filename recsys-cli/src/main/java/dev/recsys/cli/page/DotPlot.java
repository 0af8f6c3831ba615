package dev.recsys.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Figures below each other as dots with whiskers for their intervals. Not safe for concurrent use. */
public final class DotPlot extends Block {
    private static final double NAMES = 184;
    private static final double VALUES = 410;
    private static final double ROW = 26;
    private static final double TOP = 8;

    private final String title;
    private final Axis axis;
    private final List<Row> rows = new ArrayList<>();
    private OptionalDouble reference = OptionalDouble.empty();

    private DotPlot(String title, Axis axis) {
        this.title = title;
        this.axis = axis;
    }

    private record Row(String name, Figure figure) {}

    /** Starts without rows. */
    public static DotPlot of(String title, Axis axis) {
        return new DotPlot(title, axis);
    }

    /** Adds a row below the others. */
    public DotPlot row(String name, Figure figure) {
        rows.add(new Row(name, figure));
        return this;
    }

    /** Draws a line across all rows, such as at 0 or at the mean. */
    public DotPlot reference(double value) {
        reference = OptionalDouble.of(value);
        return this;
    }

    @Override
    void write(Markup out) {
        double bottom = TOP + rows.size() * ROW;
        double start =
                reference.orElse(rows.isEmpty() ? 0 : rows.get(0).figure().value());
        double low = rows.stream().mapToDouble(row -> row.figure().low()).reduce(start, Math::min);
        double high = rows.stream().mapToDouble(row -> row.figure().high()).reduce(start, Math::max);
        Scale scale = Scale.of(low, high, NAMES + 10, VALUES - 16);
        Frame.open(out, title, bottom + 42);
        axis(out, scale, bottom);
        DataTable table = DataTable.of("", axis.label(), "low", "high", "of");
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            row(out, row, scale, TOP + (i + 0.5) * ROW);
            Figure figure = row.figure();
            Unit unit = axis.unit();
            table.row(
                    row.name(),
                    unit.format(figure.value()),
                    figure.hasInterval() ? unit.format(figure.low()) : "",
                    figure.hasInterval() ? unit.format(figure.high()) : "",
                    figure.note());
        }
        Frame.close(out, table);
    }

    private void axis(Markup out, Scale scale, double bottom) {
        List<String> texts = scale.ticks().stream()
                .map(tick -> axis.unit().tick(tick, scale.step()))
                .toList();
        int fitting = Frame.fitting(texts, scale.to() - scale.from());
        int every = (texts.size() + fitting - 1) / fitting;
        for (int i = 0; i < texts.size(); i++) {
            double x = scale.at(scale.ticks().get(i));
            Frame.line(out, "grid", new double[] {x, TOP}, new double[] {x, bottom});
            if (i % every == 0) {
                Frame.text(out, "tick middle", x, bottom + 15, texts.get(i));
            }
        }
        reference.ifPresent(value -> Frame.line(
                out, "reference", new double[] {scale.at(value), TOP}, new double[] {scale.at(value), bottom}));
        Frame.text(out, "label middle", (NAMES + VALUES) / 2, bottom + 34, axis.label());
    }

    private void row(Markup out, Row row, Scale scale, double y) {
        Figure figure = row.figure();
        out.open("g").element("title", row.name() + ": " + figure.text(axis.unit()));
        Frame.text(out, "name end", NAMES, y + 4, Frame.cut(row.name(), NAMES));
        if (figure.hasInterval()) {
            Frame.line(out, "whisker c0", new double[] {scale.at(figure.low()), y}, new double[] {
                scale.at(figure.high()), y
            });
        }
        out.empty(
                "circle",
                "class",
                "mark c0",
                "cx",
                Markup.at(scale.at(figure.value())),
                "cy",
                Markup.at(y),
                "r",
                "4.5");
        Frame.text(out, "value end", Frame.WIDTH, y + 4, axis.unit().format(figure.value()));
        out.close();
    }
}
