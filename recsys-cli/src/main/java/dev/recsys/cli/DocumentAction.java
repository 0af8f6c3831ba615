package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.cli.DocumentGroup.Documents;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** A command about the documents of one place. */
@SuppressWarnings("NullAway.Init") // set by picocli
abstract class DocumentAction extends Action {
    @ParentCommand
    private DocumentGroup group;

    @Mixin
    private PlaceOptions place;

    PlaceOptions place() {
        return place;
    }

    ObjectNode about() {
        return place.json();
    }

    @Override
    final Answer run() throws Exception {
        return run(group.documents());
    }

    /** Does the work with documents of the group's kind. */
    abstract <T> Answer run(Documents<T> documents) throws Exception;
}
