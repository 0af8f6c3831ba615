package dev.recsys.cli.page;

import java.util.ArrayList;
import java.util.List;

/**
 * One HTML page in one file. It loads nothing and runs nothing, and its policy forbids both; it follows the reader's choice
 * of light or dark. Whatever texts hold, they are shown as texts. The same calls give the same page. Not safe for concurrent
 * use.
 *
 * <pre>{@code
 * Page page = Page.of("What was shown", "acme, 1 to 7 January 2026")
 *         .tile("Click rate", "4.61 %", "4.40 % to 4.83 %");
 * page.section("By position", "Per item that was shown.")
 *         .add(LinePlot.of("Click rate", "position", new Axis("click rate", Unit.PERCENT), List.of("1", "2"))
 *                 .line("home", Map.of("1", new Figure(.05, .04, .06, "n 900"), "2", Figure.of(.03))))
 *         .add(DataTable.of("position", "shown").row("1", "900"));
 * Files.writeString(file, page.html());
 * }</pre>
 */
public final class Page {
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private final String title;
    private final String subtitle;
    private final List<Tile> tiles = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    private Page(String title, String subtitle) {
        this.title = title;
        this.subtitle = subtitle;
    }

    private record Tile(String label, String value, String note) {}

    /** Starts an empty page. */
    public static Page of(String title, String subtitle) {
        return new Page(title, subtitle);
    }

    /** Adds a key figure, with what to know of it in a few words. */
    public Page tile(String label, String value, String note) {
        tiles.add(new Tile(label, value, note));
        return this;
    }

    /** Adds a note above all sections. */
    public Page note(Note note) {
        notes.add(note);
        return this;
    }

    /** Adds a section below the others and returns it; an introduction may be empty. */
    public Section section(String heading, String introduction) {
        Section section = new Section(heading, introduction);
        sections.add(section);
        return section;
    }

    /** Returns the page, which is well-formed XML as well. */
    public String html() {
        Markup out = new Markup().open("html", "lang", "en").open("head");
        out.empty("meta", "charset", "utf-8")
                .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .element("title", title)
                .element("style", Style.CSS)
                .close();
        out.open("body").open("main").open("header").element("h1", title).element("p", subtitle);
        out.close();
        notes.forEach(note -> note.write(out));
        tiles(out);
        sections.forEach(section -> section.write(out));
        return out.close().close().close().toString();
    }

    private void tiles(Markup out) {
        if (tiles.isEmpty()) {
            return;
        }
        out.open("div", "class", "tiles");
        for (Tile tile : tiles) {
            out.open("div", "class", "tile")
                    .element("div", tile.label(), "class", "tile-label")
                    .element("div", tile.value(), "class", "tile-value")
                    .element("div", tile.note(), "class", "tile-note")
                    .close();
        }
        out.close();
    }
}
