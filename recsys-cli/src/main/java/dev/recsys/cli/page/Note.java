package dev.recsys.cli.page;

/** A sentence or two. */
public final class Note extends Block {
    private final String kind;
    private final String text;

    private Note(String kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /** Says something. */
    public static Note plain(String text) {
        return new Note("note", text);
    }

    /** Says something that the reader must know before trusting the figures. */
    public static Note warning(String text) {
        return new Note("note warning", text);
    }

    @Override
    void write(Markup out) {
        out.element("p", text, "class", kind);
    }
}
