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

    @Override
    Answer run() throws IOException {
        if (surface != null && tenant == null) {
            throw new ParameterException(spec.commandLine(), "--surface needs --tenant");
        }
        List<ScrubReport> reports = store.read(this::scrub);
        boolean sound = reports.stream().allMatch(report -> report.damages().isEmpty());
        return new Answer(sound ? ExitCode.DONE : ExitCode.DAMAGE, json(reports), text(reports));
    }

    private List<ScrubReport> scrub(ManifestPublisher publisher) {
        if (tenant != null && surface != null) {
            return List.of(publisher.scrub(tenant, surface));
        }
        List<ScrubReport> reports = new ArrayList<>();
        for (Scope scope : publisher.surfaces()) {
            if (tenant == null || scope.tenant().equals(tenant)) {
                reports.add(scrub(publisher, scope));
            }
        }
        if (reports.isEmpty() && tenant != null) {
            throw new NotFoundException("The store has no surface of tenant " + tenant + "; check the name.");
        }
        return reports;
    }

    /** One spoiled pointer does not keep the other surfaces from being looked at. */
    private static ScrubReport scrub(ManifestPublisher publisher, Scope scope) {
        try {
            return publisher.scrub(scope.tenant(), scope.surface());
        } catch (DamagedException | NotFoundException e) {
            Damage damage = new Damage(scope + " (pointer)", List.of(), String.valueOf(e.getMessage()));
            return new ScrubReport(scope, 0, 0, 0, List.of(damage));
        }
    }

    private static ObjectNode json(List<ScrubReport> reports) {
        ObjectNode json = Json.object();
        ArrayNode surfaces = json.putArray("surfaces");
        for (ScrubReport report : reports) {
            ObjectNode node = Json.object(report.scope())
                    .put("releases", report.releases())
                    .put("artifacts", report.artifacts())
                    .put("bytes", report.sizeBytes());
            Json.putDamages(node, report.damages());
            surfaces.add(node);
        }
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
