package dev.recsys.cli.page;

import java.util.List;

/** What all plots have: a title, a drawing, and the figures as a table for those who want the numbers. */
final class Frame {
    /** Narrow, so that texts can still be read where a drawing is made as small as a phone. */
    static final double WIDTH = 480;

    static final double TEXT = 13;
    private static final int COLOURS = 6;
    private static final double LETTER = 7.8; // the width of one in a wide font, at the size of the texts

    private Frame() {}

    static void open(Markup out, String title, double height) {
        out.open("figure").element("figcaption", title);
        String box = "0 0 " + Markup.at(WIDTH) + " " + Markup.at(height);
        out.open("svg", "viewBox", box, "role", "img", "aria-label", title);
    }

    static void close(Markup out, DataTable figures) {
        out.close().open("details").element("summary", "Figures");
        figures.write(out);
        out.close().close();
    }

    static void text(Markup out, String kind, double x, double y, String text) {
        out.element("text", text, "class", kind, "x", Markup.at(x), "y", Markup.at(y));
    }

    static void line(Markup out, String kind, double[] from, double[] to) {
        out.empty(
                "line",
                "class",
                kind,
                "x1",
                Markup.at(from[0]),
                "y1",
                Markup.at(from[1]),
                "x2",
                Markup.at(to[0]),
                "y2",
                Markup.at(to[1]));
    }

    /** Draws the lines and figures of an upright axis at the left, and its label above. */
    static void upright(Markup out, Scale scale, Axis axis) {
        text(out, "label", 0, TEXT, axis.label());
        for (double tick : scale.ticks()) {
            double y = scale.at(tick);
            line(out, "grid", new double[] {left(scale, axis), y}, new double[] {WIDTH, y});
            String text = axis.unit().tick(tick, scale.step());
            text(out, "tick end", left(scale, axis) - 6, y + 4, text);
        }
    }

    /** Returns where the figures of an upright axis end. */
    static double left(Scale scale, Axis axis) {
        int longest = scale.ticks().stream()
                .mapToInt(tick -> axis.unit().tick(tick, scale.step()).length())
                .max()
                .orElse(0);
        return 10 + longest * LETTER;
    }

    /** Draws a row of names, with the colours of the lines or bars that they are of; returns nothing where there is one alone. */
    static void legend(Markup out, List<String> names, double y) {
        if (names.size() < 2) {
            return;
        }
        double width = WIDTH / names.size();
        for (int i = 0; i < names.size(); i++) {
            String box = "mark " + colour(i);
            out.empty(
                    "rect",
                    "class",
                    box,
                    "x",
                    Markup.at(i * width),
                    "y",
                    Markup.at(y - 9),
                    "width",
                    "10",
                    "height",
                    "10");
            text(out, "label", i * width + 15, y, cut(names.get(i), width - 20));
        }
    }

    /** Returns the class of the colour of a line or of bars. */
    static String colour(int number) {
        return "c" + number % COLOURS;
    }

    /** Returns how many names of the length of the longest have room beside each other. */
    static int fitting(List<String> names, double width) {
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        return Math.max(1, (int) (width / (LETTER * (longest + 1))));
    }

    /** Cuts the middle of a text out so that it fits a width: ids often begin alike, and numbers are at the end. */
    static String cut(String text, double width) {
        int letters = Math.max(3, (int) (width / LETTER));
        int length = text.codePointCount(0, text.length());
        if (length <= letters) {
            return text;
        }
        int head = letters / 2;
        int tail = letters - 1 - head;
        return text.substring(0, text.offsetByCodePoints(0, head)) + "…"
                + text.substring(text.offsetByCodePoints(text.length(), -tail));
    }
}
