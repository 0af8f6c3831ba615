package dev.recsys.cli.page;

import java.util.ArrayList;
import java.util.List;

/** Bars in groups, such as a histogram or two of them beside each other. Not safe for concurrent use. */
public final class BarPlot extends Block {
    private static final double TOP = 26;
    private static final double BOTTOM = 206;
    private static final double SHARE = 0.8; // of its place that a group takes
    private static final double WIDEST = 56;
    private static final int NAMED = 12;

    private final String title;
    private final String places;
    private final Axis axis;
    private final List<String> groups;
    private final List<Bars> bars = new ArrayList<>();

    private BarPlot(String title, String places, Axis axis, List<String> groups) {
        this.title = title;
        this.places = places;
        this.axis = axis;
        this.groups = groups;
    }

    private record Bars(String name, List<Figure> figures) {}

    /**
     * Starts without bars.
     *
     * @param places what is along the bottom, such as {@code latency, ms}
     * @param axis what the heights are
     * @param groups the names of the groups along the bottom
     */
    public static BarPlot of(String title, String places, Axis axis, List<String> groups) {
        return new BarPlot(title, places, axis, List.copyOf(groups));
    }

    /** Adds one bar to each group. */
    public BarPlot bars(String name, List<Figure> figures) {
        if (figures.size() != groups.size()) {
            throw new IllegalArgumentException(
                    name + " has " + figures.size() + " bars; expected one for each of " + groups.size() + " groups");
        }
        bars.add(new Bars(name, List.copyOf(figures)));
        return this;
    }

    @Override
    void write(Markup out) {
        List<Figure> all =
                bars.stream().flatMap(some -> some.figures().stream()).toList();
        double low = all.stream().mapToDouble(Figure::low).reduce(0, Math::min);
        double high = all.stream().mapToDouble(Figure::high).reduce(0, Math::max);
        Scale scale = Scale.of(low, high, BOTTOM, TOP);
        Frame.open(out, title, BOTTOM + (bars.size() < 2 ? 44 : 68));
        Frame.upright(out, scale, axis);
        double left = Frame.left(scale, axis) + 4;
        double width = (Frame.WIDTH - left) / Math.max(1, groups.size());
        int named = Math.min(NAMED, Math.max(3, Frame.fitting(groups, Frame.WIDTH - left)));
        int every = Math.max(1, (groups.size() + named - 1) / named);
        for (int group = 0; group < groups.size(); group++) {
            group(out, group, scale, new double[] {left + group * width, width});
            if (group % every == 0) {
                String name = Frame.cut(groups.get(group), every * width);
                Frame.text(out, "tick middle", left + (group + 0.5) * width, BOTTOM + 18, name);
            }
        }
        Frame.text(out, "label middle", (left + Frame.WIDTH) / 2, BOTTOM + 37, places);
        Frame.legend(out, bars.stream().map(Bars::name).toList(), BOTTOM + 60);
        Frame.close(out, table());
    }

    /** Draws a group at a place, which is where it begins and how wide it is. */
    private void group(Markup out, int group, Scale scale, double[] place) {
        double width = Math.min(WIDEST, place[1] * SHARE / bars.size());
        double start = place[0] + (place[1] - width * bars.size()) / 2;
        for (int i = 0; i < bars.size(); i++) {
            Figure figure = bars.get(i).figures().get(group);
            double left = start + i * width;
            double top = Math.min(scale.at(0), scale.at(figure.value()));
            double height = Math.abs(scale.at(0) - scale.at(figure.value()));
            String name = bars.get(i).name() + " " + groups.get(group);
            out.open("g").element("title", name.trim() + ": " + figure.text(axis.unit()));
            rectangle(out, Frame.colour(i), new double[] {left, top}, new double[] {width * 0.94, height});
            if (figure.hasInterval()) {
                double middle = left + width * 0.47;
                Frame.line(out, "whisker over", new double[] {middle, scale.at(figure.low())}, new double[] {
                    middle, scale.at(figure.high())
                });
            }
            out.close();
        }
    }

    private static void rectangle(Markup out, String colour, double[] at, double[] size) {
        out.empty(
                "rect",
                "class",
                "mark " + colour,
                "x",
                Markup.at(at[0]),
                "y",
                Markup.at(at[1]),
                "width",
                Markup.at(size[0]),
                "height",
                Markup.at(size[1]));
    }

    private DataTable table() {
        DataTable table = DataTable.of(places, "bars", axis.label(), "low", "high", "of");
        for (int group = 0; group < groups.size(); group++) {
            for (Bars some : bars) {
                Figure figure = some.figures().get(group);
                table.row(
                        groups.get(group),
                        some.name(),
                        axis.unit().format(figure.value()),
                        figure.hasInterval() ? axis.unit().format(figure.low()) : "",
                        figure.hasInterval() ? axis.unit().format(figure.high()) : "",
                        figure.note());
            }
        }
        return table;
    }
}
