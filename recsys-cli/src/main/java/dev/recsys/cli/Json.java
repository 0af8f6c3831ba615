package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.Scope;
import dev.recsys.artifact.Hold;
import dev.recsys.artifact.Manifest;
import dev.recsys.artifact.Revision;
import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.publish.VerifyReport.Damage;
import java.util.List;

/** The JSON that several commands print alike. */
final class Json {
    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode object(Scope scope) {
        return object().put("tenant", scope.tenant()).put("surface", scope.surface());
    }

    static void putRevision(ObjectNode json, Revision revision) {
        json.put("epoch", revision.epoch());
        json.put("seq", revision.seq());
        json.put("tx", revision.tx());
        json.put("op", revision.operation().kind());
        json.put("release", revision.release());
        json.put("by", revision.operation().by());
        json.put("reason", revision.operation().reason());
        json.put("swapped_at", revision.swappedAt().toString());
        json.put("current", revision.current());
        putArtifacts(json.putObject("artifacts"), revision.manifest());
    }

    static void putArtifacts(ObjectNode json, Manifest manifest) {
        manifest.artifacts()
                .forEach((type, ref) -> json.putObject(type.name())
                        .put("sha256", ref.sha256().hex())
                        .put("bytes", ref.sizeBytes())
                        .put("rows", ref.rows()));
    }

    /** Puts what became of the lines of events; what lies outside has another name in each command. */
    static void putLines(ObjectNode json, ReadReport read) {
        json.put("lines", read.lines())
                .put("events", read.events())
                .put("duplicates", read.duplicates())
                .put("malformed", read.malformed())
                .put("set_aside", read.setAside())
                .put("other_scope", read.otherScope());
    }

    static void putHold(ObjectNode json, Hold hold) {
        json.put("by", hold.by()).put("reason", hold.reason());
        hold.until().ifPresent(until -> json.put("until", until.toString()));
    }

    static void putDamages(ObjectNode json, List<Damage> all) {
        ArrayNode damages = json.putArray("damages");
        for (Damage damage : all) {
            ObjectNode node = damages.addObject().put("object", damage.object());
            ArrayNode releases = node.putArray("releases");
            damage.releases().forEach(releases::add);
            node.put("problem", damage.problem());
        }
    }
}
