package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.publish.probe.StoreProbe;
import dev.recsys.publish.probe.StoreVerdict;
import dev.recsys.publish.probe.StoreVerdict.Finding;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description =
                "Tries out whether a store can be published to, rule by rule, and records the verdict in it (exit 6 if it"
                        + " cannot).")
@SuppressWarnings("NullAway.Init") // set by picocli
final class DoctorCommand extends Action {
    @Mixin
    private StoreOption store;

    @Option(names = "--create", description = "Create the store's folder if it does not exist.")
    private boolean create;

    @Option(names = "--rounds", paramLabel = "N", description = "How many races to run; by default 100.")
    private @Nullable Integer rounds;

    @Option(names = "--writers", paramLabel = "N", description = "How many writers race; by default 8.")
    private @Nullable Integer writers;

    @Option(names = "--listed-blobs", paramLabel = "N", description = "How many blobs to list; by default 100.")
    private @Nullable Integer listedBlobs;

    @Option(
            names = "--largest-blob",
            paramLabel = "BYTES",
            description = "The largest blob to write and read back; by default 1048576.")
    private @Nullable Integer largestBlobBytes;

    @Override
    Answer run() throws IOException {
        StoreProbe probe = probe();
        if (create) {
            store.create().close();
        }
        StoreVerdict verdict = probe.run(store::open);
        int exitCode = verdict.isSound() ? ExitCode.DONE : ExitCode.STORE_UNAVAILABLE;
        return new Answer(exitCode, json(verdict), text(verdict));
    }

    private StoreProbe probe() {
        StoreProbe probe = StoreProbe.thorough();
        probe = rounds == null ? probe : probe.rounds(rounds);
        probe = writers == null ? probe : probe.writers(writers);
        probe = listedBlobs == null ? probe : probe.listedBlobs(listedBlobs);
        return largestBlobBytes == null ? probe : probe.largestBlobBytes(largestBlobBytes);
    }

    private static ObjectNode json(StoreVerdict verdict) {
        ObjectNode json = Json.object()
                .put("store", verdict.location())
                .put("probed_at", verdict.probedAt().toString())
                .put("sound", verdict.isSound())
                .put("recorded", verdict.recorded());
        ArrayNode rules = json.putArray("rules");
        for (Finding finding : verdict.findings()) {
            rules.addObject()
                    .put("line", finding.rule().line())
                    .put("rule", finding.rule().toString())
                    .put("sentence", finding.rule().sentence())
                    .put("outcome", finding.outcome().name().toLowerCase(Locale.ROOT))
                    .put("detail", finding.detail());
        }
        return json;
    }

    private static String text(StoreVerdict verdict) {
        TextTable table = new TextTable("LINE", "RULE", "", "HOW IT WAS TRIED, OR WHAT WAS FOUND");
        for (Finding finding : verdict.findings()) {
            String outcome = switch (finding.outcome()) {
                case KEPT -> "kept";
                case BROKEN -> "BROKEN";
                case NOT_TRIED -> "not tried";
            };
            table.row(finding.rule().line(), finding.rule(), outcome, finding.detail());
        }
        return table + summary(verdict);
    }

    private static String summary(StoreVerdict verdict) {
        StringBuilder text = new StringBuilder();
        for (Finding broken : verdict.broken()) {
            text.append(String.format(
                    "Broken: line %d, %s.%n",
                    broken.rule().line(), broken.rule().sentence()));
        }
        text.append(String.format(
                verdict.isSound()
                        ? "%s can be published to.%n"
                        : "%s cannot be published to: use another store, or mend this one.%n",
                verdict.location()));
        if (!verdict.recorded()) {
            text.append(String.format("The store did not take the verdict: the next ship probes again.%n"));
        }
        return text.toString();
    }
}
