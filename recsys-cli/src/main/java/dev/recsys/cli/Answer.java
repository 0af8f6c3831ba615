package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a command found, for machines and for people.
 *
 * @param exitCode how the process ends
 * @param json the one document for {@code --json}
 * @param text the same for people
 */
record Answer(int exitCode, ObjectNode json, String text) {
    static Answer done(ObjectNode json, String text) {
        return new Answer(ExitCode.DONE, json, text);
    }
}
