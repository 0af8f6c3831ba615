package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.preview.HitRates;
import dev.recsys.preview.PreviewChange;
import dev.recsys.preview.PreviewReport;
import dev.recsys.preview.PreviewReport.Lists;
import dev.recsys.preview.PreviewReport.Subject;
import dev.recsys.publish.PreviewVerdict;
import java.util.List;

/** A preview for machines. */
final class PreviewJson {
    private PreviewJson() {}

    static ObjectNode of(Previewed previewed, PreviewVerdict verdict) {
        PreviewReport report = previewed.report();
        Subject subject = report.subject();
        ObjectNode json = Json.object(subject.scope())
                .put("at", subject.at().toString())
                .put("epoch", subject.epoch())
                .put("release", subject.release());
        ObjectNode artifacts = json.putObject("artifacts");
        subject.artifacts().forEach((type, sha256) -> artifacts.put(type.name(), sha256.hex()));
        json.putObject("versions")
                .put("config", subject.versions().config())
                .put("rules", subject.versions().rules())
                .put("items", subject.versions().items());
        json.put("requests", report.requests())
                .put("modelled", report.modelled())
                .put("other_scope", previewed.elsewhere())
                .put("malformed", previewed.malformed())
                .put("torn", previewed.torn())
                .put("files", previewed.files());
        ArrayNode examples = json.putArray("examples");
        previewed.read().forEach(files -> ReportJson.examples(examples, files));
        report.current().ifPresent(lists -> putLists(json.putObject("current"), lists));
        putLists(json.putObject("candidate"), report.candidate());
        report.change().ifPresent(change -> putChange(json.putObject("change"), change));
        report.hits().ifPresent(hits -> putHits(json.putObject("hits"), hits));
        ObjectNode judged = json.putObject("verdict")
                .put("refused", !verdict.objections().isEmpty())
                .put("figures", verdict.figures());
        verdict.objections().forEach(judged.putArray("objections")::add);
        return json;
    }

    private static void putLists(ObjectNode json, Lists lists) {
        json.put("empty", lists.empty())
                .put("empty_rate", lists.emptyRate())
                .put("shorter", lists.shorter())
                .put("shown", lists.shown())
                .put("coverage", lists.coverage());
        ObjectNode signals = json.putObject("signals");
        lists.signals().forEach(signals::put);
    }

    private static void putChange(ObjectNode json, PreviewChange change) {
        json.put("compared", change.compared())
                .put("became_empty", change.becameEmpty())
                .put("became_filled", change.becameFilled())
                .put("identical", change.identical())
                .put("overlap", change.overlap())
                .put("first_kept", change.firstKept())
                .put("rank_shift", change.rankShift())
                .put("score_shift", change.scoreShift());
        change.overlaps().forEach(json.putArray("overlaps")::add);
        putItems(json.putArray("gained"), change.gained());
        putItems(json.putArray("lost"), change.lost());
        ArrayNode users = json.putArray("users");
        change.users()
                .forEach(user -> users.addObject()
                        .put("user", user.user())
                        .put("request_id", user.requestId())
                        .put("overlap", user.overlap())
                        .put("current", user.current())
                        .put("candidate", user.candidate()));
        ArrayNode segments = json.putArray("segments");
        change.segments()
                .forEach(segment -> segments.addObject()
                        .put("segment", segment.name())
                        .put("requests", segment.requests())
                        .put("current_empty", segment.currentEmpty())
                        .put("candidate_empty", segment.candidateEmpty())
                        .put("overlap", segment.overlap()));
    }

    private static void putItems(ArrayNode array, List<PreviewChange.Item> items) {
        items.forEach(item -> array.addObject()
                .put("item", item.itemId())
                .put("current", item.current())
                .put("candidate", item.candidate()));
    }

    private static void putHits(ObjectNode json, HitRates hits) {
        json.put("within", hits.within().toString())
                .put("followed", hits.followed())
                .put("both", hits.both())
                .put("only_current", hits.onlyCurrent())
                .put("only_candidate", hits.onlyCandidate())
                .put("current", hits.current())
                .put("candidate", hits.candidate())
                .put("difference", hits.difference())
                .put("low", hits.low())
                .put("high", hits.high());
    }
}
