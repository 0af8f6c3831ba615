package dev.recsys.controls;

import dev.recsys.controls.ControlFolder.Contents;
import dev.recsys.controls.ControlFolder.Found;
import dev.recsys.controls.InvalidDocumentException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tries a folder of controls out: reads all of it, puts nothing in force, and writes nothing. */
final class FolderCheck {
    private FolderCheck() {}

    static List<Problem> problems(Path folder) {
        List<Problem> problems = new ArrayList<>();
        try {
            Contents contents =
                    ControlFolder.list(folder, List.of(FileKind.config(), FileKind.rules(), FileKind.items()));
            problems.addAll(contents.problems());
            contents.files().forEach(file -> problems.addAll(problems(file)));
        } catch (IOException e) {
            problems.add(ControlFolder.unlisted(e));
        }
        problems.sort(Comparator.comparing(Problem::path));
        return List.copyOf(problems);
    }

    private static List<Problem> problems(Found found) {
        try (InputStream in = Files.newInputStream(found.file())) {
            Object unused = found.kind().read(String.valueOf(found.file().getFileName()), in);
            return List.of();
        } catch (InvalidDocumentException e) {
            return found.problems(e);
        } catch (IOException e) {
            return List.of(new Problem(found.name(), "cannot be read: " + e));
        }
    }
}
