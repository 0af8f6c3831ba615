package dev.recsys.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Figures in an order, such as of time or position, as lines with bands for their intervals. Not safe for concurrent use. */
public final class LinePlot extends Block {
    private static final double TOP = 26;
    private static final double BOTTOM = 206;
    private static final int NAMED = 12;

    private final String title;
    private final String places;
    private final Axis axis;
    private final List<String> order;
    private final List<Line> lines = new ArrayList<>();

    private LinePlot(String title, String places, Axis axis, List<String> order) {
        this.title = title;
        this.places = places;
        this.axis = axis;
        this.order = order;
    }

    private record Line(String name, Map<String, Figure> figures) {}

    /**
     * Starts without lines.
     *
     * @param places what is along the bottom, such as {@code day (UTC)}
     * @param axis what the figures are
     * @param order the names of the places along the bottom, all with the same distance
     */
    public static LinePlot of(String title, String places, Axis axis, List<String> order) {
        return new LinePlot(title, places, axis, List.copyOf(order));
    }

    /** Adds a line with the figures of some places; where there is none the line has a gap. */
    public LinePlot line(String name, Map<String, Figure> figures) {
        lines.add(new Line(name, Map.copyOf(figures)));
        return this;
    }

    @Override
    void write(Markup out) {
        List<Figure> all =
                lines.stream().flatMap(line -> line.figures().values().stream()).toList();
        double low = all.stream().mapToDouble(Figure::low).reduce(0, Math::min);
        double high = all.stream().mapToDouble(Figure::high).reduce(0, Math::max);
        Scale scale = Scale.of(low, high, BOTTOM, TOP);
        Frame.open(out, title, BOTTOM + (lines.size() < 2 ? 44 : 68));
        Frame.upright(out, scale, axis);
        bottom(out, scale);
        for (int i = 0; i < lines.size(); i++) {
            band(out, lines.get(i), scale, Frame.colour(i));
            line(out, lines.get(i), scale, Frame.colour(i));
        }
        Frame.legend(out, lines.stream().map(Line::name).toList(), BOTTOM + 60);
        Frame.close(out, table());
    }

    private double x(int place, Scale scale) {
        double left = Frame.left(scale, axis) + 12;
        return left + (Frame.WIDTH - 16 - left) * (order.size() < 2 ? 0.5 : (double) place / (order.size() - 1));
    }

    private void bottom(Markup out, Scale scale) {
        int named = Math.min(NAMED, Frame.fitting(order, Frame.WIDTH - Frame.left(scale, axis)));
        int every = (order.size() + named - 1) / named;
        for (int place = 0; place < order.size(); place += Math.max(1, every)) {
            Frame.text(out, "tick middle", x(place, scale), BOTTOM + 18, order.get(place));
        }
        Frame.text(out, "label middle", (Frame.left(scale, axis) + Frame.WIDTH) / 2, BOTTOM + 37, places);
    }

    private void band(Markup out, Line line, Scale scale, String colour) {
        for (List<Integer> run : runs(line)) {
            StringBuilder high = new StringBuilder();
            StringBuilder low = new StringBuilder();
            for (int place : run) {
                Figure figure = figure(line, place);
                high.append(point(x(place, scale), scale.at(figure.high())));
                low.insert(0, point(x(place, scale), scale.at(figure.low())));
            }
            out.empty("polygon", "class", "band " + colour, "points", (high.toString() + low).trim());
        }
    }

    private void line(Markup out, Line line, Scale scale, String colour) {
        for (List<Integer> run : runs(line)) {
            StringBuilder points = new StringBuilder();
            for (int place : run) {
                points.append(
                        point(x(place, scale), scale.at(figure(line, place).value())));
            }
            out.empty(
                    "polyline",
                    "class",
                    "line " + colour,
                    "points",
                    points.toString().trim());
        }
        for (int place = 0; place < order.size(); place++) {
            if (line.figures().containsKey(order.get(place))) {
                dot(
                        out,
                        line,
                        place,
                        new double[] {
                            x(place, scale), scale.at(figure(line, place).value())
                        },
                        colour);
            }
        }
    }

    private void dot(Markup out, Line line, int place, double[] at, String colour) {
        String name = (line.name().isEmpty() ? "" : line.name() + ", ") + order.get(place);
        out.open("circle", "class", "mark " + colour, "cx", Markup.at(at[0]), "cy", Markup.at(at[1]), "r", "3.5")
                .element("title", name + ": " + figure(line, place).text(axis.unit()))
                .close();
    }

    /** Returns the places of each piece of a line that has no gap. */
    private List<List<Integer>> runs(Line line) {
        List<List<Integer>> runs = new ArrayList<>();
        boolean isGap = true;
        for (int place = 0; place < order.size(); place++) {
            boolean isThere = line.figures().containsKey(order.get(place));
            if (isThere && isGap) {
                runs.add(new ArrayList<>());
            }
            if (isThere) {
                runs.get(runs.size() - 1).add(place);
            }
            isGap = !isThere;
        }
        return runs;
    }

    private Figure figure(Line line, int place) {
        return Objects.requireNonNull(line.figures().get(order.get(place)), "places without a figure are left out");
    }

    private static String point(double x, double y) {
        return Markup.at(x) + "," + Markup.at(y) + " ";
    }

    private DataTable table() {
        DataTable table = DataTable.of(places, "line", axis.label(), "low", "high", "of");
        for (int place = 0; place < order.size(); place++) {
            for (Line line : lines) {
                if (line.figures().containsKey(order.get(place))) {
                    Figure figure = figure(line, place);
                    Unit unit = axis.unit();
                    table.row(
                            order.get(place),
                            line.name(),
                            unit.format(figure.value()),
                            figure.hasInterval() ? unit.format(figure.low()) : "",
                            figure.hasInterval() ? unit.format(figure.high()) : "",
                            figure.note());
                }
            }
        }
        return table;
    }
}
