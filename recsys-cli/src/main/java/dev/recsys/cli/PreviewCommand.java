package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Scope;
import dev.recsys.publish.Build;
import dev.recsys.publish.PreviewVerdict;
import dev.recsys.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "preview",
        description =
                "Looks at a build before it is shipped: ranks the last requests of a log by what is current and by the"
                        + " build, and exits 3 if a ship with these limits would be refused. Ships nothing.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class PreviewCommand extends Action {
    @Parameters(paramLabel = "BUILD", description = "The folder that build wrote.")
    private Path artifacts;

    @Mixin
    private StoreOption store;

    @Mixin
    private ScopeOptions scope;

    @Option(
            names = "--exposures",
            required = true,
            paramLabel = "PATH",
            description = "The records of what was shown: a file, plain or .gz, or the folder of a log. Repeatable.")
    private List<Path> exposures;

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Replay the newest N requests of the surface (default: ${DEFAULT-VALUE}).")
    private int last = PreviewRun.LAST;

    @Option(
            names = "--outcomes",
            paramLabel = "PATH",
            description = "What users did: a file or the folder of a log; adds hit rates. Repeatable.")
    private List<Path> outcomes = List.of();

    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long after a request an outcome counts, such as 30m, 24h or 7d (default: 24h).")
    private Duration within = Duration.ofHours(24);

    @Option(
            names = "--merge",
            description = "As a ship with --merge, which keeps the types that the build does not have.")
    private boolean merge;

    @Mixin
    private ControlsOption controls;

    @Mixin
    private PreviewLimitOptions limits;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report to this file, as a page that loads nothing.")
    private @Nullable Path html;

    @Override
    Answer run() throws IOException {
        Build build = Build.at(artifacts);
        requireScope(build);
        if (html != null) {
            store.requireOutside("--html", html);
        }
        Previewed previewed = preview(build);
        PreviewVerdict verdict = previewed.report().verdict(limits.limits());
        if (html != null) {
            Files.writeString(html, PreviewPage.of(previewed, verdict));
        }
        ObjectNode json = PreviewJson.of(previewed, verdict);
        int exitCode = verdict.objections().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
        return new Answer(exitCode, json, PreviewText.of(previewed, verdict) + next(exitCode));
    }

    private String next(int exitCode) {
        String log = exposures.stream().map(path -> " --preview " + path).collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                "Next: recsys ship --tenant %s --surface %s --artifacts %s%s%s --reason TEXT, with --store and controls as"
                        + " here%s.%n",
                scope.scope().tenant(),
                scope.scope().surface(),
                artifacts,
                log,
                merge ? " --merge" : "",
                exitCode == ExitCode.DONE ? "" : "; if this change is meant, also --force or other limits");
    }

    private void requireScope(Build build) {
        Scope wanted = scope.scope();
        if (!build.scope().equals(wanted)) {
            throw new IllegalArgumentException(
                    "the build in " + artifacts + " was made for " + build.scope() + ", not for " + wanted);
        }
    }

    private Previewed preview(Build build) throws IOException {
        Optional<ControlsOption.Opened> opened = controls.open(store::requireOutside);
        try (BlobStore current = store.open()) {
            PreviewRun run = new PreviewRun(current, store.trust(), build, ProgressBar.on(terminal()));
            opened.ifPresent(known -> run.controls(known.controls()));
            run.outcomes(outcomes, within);
            return (merge ? run.merging() : run).over(exposures, last);
        } finally {
            opened.ifPresent(ControlsOption.Opened::close);
        }
    }
}
