package dev.recsys.cli.page;

import java.util.ArrayList;
import java.util.List;

/** A part of a page under a heading. Not safe for concurrent use. */
public final class Section {
    private final String title;
    private final String introduction;
    private final List<Block> blocks = new ArrayList<>();

    Section(String title, String introduction) {
        this.title = title;
        this.introduction = introduction;
    }

    /** Adds a note, a table or a plot below the others; plots lie side by side where there is room. */
    public Section add(Block block) {
        blocks.add(block);
        return this;
    }

    void write(Markup out) {
        out.open("section").element("h2", title);
        if (!introduction.isEmpty()) {
            out.element("p", introduction, "class", "lead");
        }
        out.open("div", "class", "blocks");
        blocks.forEach(block -> block.write(out));
        out.close().close();
    }
}
