package dev.recsys.proofs.matrix;

/** What an operation told its caller, as the table has it. */
enum Mark {
    DONE('C', "committed, or the new release is served, with no request more than without the fault"),
    DONE_WITH_MORE('R', "the same, after more requests: it asked or looked again"),
    PARTLY('D', "committed, and told that some of the garbage stays for the next run"),
    NOT_MADE('N', "told that nothing was made, because the store was unavailable or denied"),
    DAMAGED('d', "told that nothing was made, because something read was damaged or missing"),
    FOUND_COMMITTED('+', "told that it is unknown; when it was settled, it was committed"),
    FOUND_NOT_MADE('-', "told that it is unknown; when it was settled, it was not made and never will be"),
    SERVES_ON('O', "the old release serves on, and the new one after the next poll"),
    LIED_TO(
            '?',
            "told what is not so, because the wire said it in the server's own words: see the README; no violation"),
    WRONG('!', "a violation");

    private final char letter;
    private final String meaning;

    Mark(char letter, String meaning) {
        this.letter = letter;
        this.meaning = meaning;
    }

    char letter() {
        return letter;
    }

    String meaning() {
        return meaning;
    }
}
