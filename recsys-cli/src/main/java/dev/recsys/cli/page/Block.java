package dev.recsys.cli.page;

/** What a section is made of: a note, a table or a plot. */
public abstract class Block {
    Block() {}

    abstract void write(Markup out);
}
