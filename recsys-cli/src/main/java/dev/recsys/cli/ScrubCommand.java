package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.Scope;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.ScrubReport;
import dev.recsys.publish.VerifyReport.Damage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "scrub",
        description =
                "Asks the store for every object that a retained release needs, of one surface or of all, and says"
                        + " what is missing or cut short (exit 7). Reads no artifact: verify does.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class ScrubCommand extends Action {
    @Mixin
    private StoreOption store;

    @Option(names = "--tenant", paramLabel = "T", description = "The tenant; by default all.")
    private @Nullable String tenant;

    @Option(names = "--surface", paramLabel = "S", description = "The surface; by default all.")
    private @Nullable String surface;

    @Spec
    private picocli.CommandLine.Model.CommandSpec spec;

    /** What was looked at, and what lies where surfaces lie and is none. */
    private record Findings(List<ScrubReport> reports, List<Scope> foreign) {}

    @Override
    Answer run() throws IOException {
        if (surface != null && tenant == null) {
            throw new ParameterException(spec.commandLine(), "--surface needs --tenant");
        }
        Findings findings = store.read(this::scrub);
        for (Scope scope : findings.foreign()) {
            terminal()
                    .warn("the store has something below " + scope + ", but neither a pointer nor a history of such a"
                            + " surface: a foreign folder, or what a first ship that was not finished left. It is not"
                            + " damage; move it out of the store if nobody ships there.");
        }
        List<ScrubReport> reports = findings.reports();
        boolean sound = reports.stream().allMatch(report -> report.damages().isEmpty());
        return new Answer(sound ? ExitCode.DONE : ExitCode.DAMAGE, json(findings), text(reports));
    }

    private Findings scrub(ManifestPublisher publisher) {
        if (tenant != null && surface != null) {
            return new Findings(List.of(publisher.scrub(tenant, surface)), List.of());
        }
        Findings findings = new Findings(new ArrayList<>(), new ArrayList<>());
        for (Scope scope : publisher.surfaces()) {
            if (tenant == null || scope.tenant().equals(tenant)) {
                scrub(publisher, scope, findings);
            }
        }
        if (findings.reports().isEmpty() && findings.foreign().isEmpty() && tenant != null) {
            throw new NotFoundException("The store has no surface of tenant " + tenant + "; check the name.");
        }
        return findings;
    }

    /** One spoiled pointer does not keep the other surfaces from being looked at. */
    private static void scrub(ManifestPublisher publisher, Scope scope, Findings findings) {
        try {
            findings.reports().add(publisher.scrub(scope.tenant(), scope.surface()));
        } catch (NotFoundException e) {
            findings.foreign().add(scope);
        } catch (DamagedException e) {
            Damage damage = new Damage(scope + " (pointer)", List.of(), String.valueOf(e.getMessage()));
            findings.reports().add(new ScrubReport(scope, 0, 0, 0, List.of(damage)));
        }
    }

    private static ObjectNode json(Findings findings) {
        ObjectNode json = Json.object();
        ArrayNode surfaces = json.putArray("surfaces");
        for (ScrubReport report : findings.reports()) {
            ObjectNode node = Json.object(report.scope())
                    .put("releases", report.releases())
                    .put("artifacts", report.artifacts())
                    .put("bytes", report.sizeBytes());
            Json.putDamages(node, report.damages());
            surfaces.add(node);
        }
        ArrayNode foreign = json.putArray("foreign");
        findings.foreign().forEach(scope -> foreign.add(Json.object(scope)));
        return json;
    }

    private static String text(List<ScrubReport> reports) {
        TextTable table = new TextTable("SURFACE", "RELEASES", "ARTIFACTS", "BYTES", "");
        StringBuilder details = new StringBuilder();
        for (ScrubReport report : reports) {
            String found =
                    report.damages().isEmpty() ? "all there" : report.damages().size() + " DAMAGED";
            table.row(report.scope(), report.releases(), report.artifacts(), report.sizeBytes(), found);
            details.append(Damages.text(report.damages()));
        }
        return table.toString() + details;
    }
}
