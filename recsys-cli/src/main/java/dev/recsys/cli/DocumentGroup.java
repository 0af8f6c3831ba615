package dev.recsys.cli;

import dev.recsys.postgres.ControlEditor;
import dev.recsys.postgres.DocumentEditor;
import java.util.function.Function;

/** A group of commands about documents of one kind. */
abstract class DocumentGroup extends CommandGroup {
    /** Returns what edits them, by their texts. */
    abstract Documents<?> documents();

    /**
     * Documents of one kind.
     *
     * @param editor what edits them
     * @param read reads one, and refuses what is wrong
     * @param write gives the canonical text
     */
    record Documents<T>(
            Function<ControlEditor, DocumentEditor<T>> editor, Function<String, T> read, Function<T, String> write) {}
}
