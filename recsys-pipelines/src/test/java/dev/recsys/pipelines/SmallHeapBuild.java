package dev.recsys.pipelines;

import dev.recsys.Scope;
import dev.recsys.artifact.ArtifactType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Builds in a JVM of its own: a file of events, and where the build goes. */
final class SmallHeapBuild {
    static final Scope SCOPE = new Scope("acme", "home");
    static final int REFUSED = 2;

    private SmallHeapBuild() {}

    static SignalBuildReport build(Path events, Path directory) throws IOException {
        return SignalBuild.of(SCOPE, List.of(events))
                .signals(Set.of(ArtifactType.POPULARITY, ArtifactType.COOC, ArtifactType.IMPLICIT))
                .threads(2)
                .into(directory);
    }

    public static void main(String[] arguments) throws IOException {
        try {
            SignalBuildReport report = build(Path.of(arguments[0]), Path.of(arguments[1]));
            System.out.println("disk " + report.diskBytes() + " memory " + report.memory());
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
            System.exit(REFUSED);
        }
    }
}
