package dev.recsys.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.RecommendationRequest;
import dev.recsys.artifact.ArtifactType;
import dev.recsys.control.Diversity;
import dev.recsys.control.Exploration;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.SignalWeights;
import dev.recsys.controls.InvalidDocumentException.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a document is named by its path; all of it at once. */
class DocumentRefusalsTest {
    private static final String SOUND = "'id':'a','action':'block','attribute':'item','value':'x'";
    private static final String PIN = "'action':'pin','attribute':'item','position':1";

    private static List<Problem> problems(Consumer<String> reader, String json) {
        return catchThrowableOfType(InvalidDocumentException.class, () -> reader.accept(json.replace('\'', '"')))
                .problems();
    }

    private static void assertOneProblem(Consumer<String> reader, String json, String path, String detail) {
        List<Problem> problems = problems(reader, json);

        assertThat(problems).extracting(Problem::path).containsExactly(path);
        assertThat(problems.get(0).detail()).startsWith(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'k':0} | k | is 0; expected 1 to 1000",
                "{'k':1001} | k | is 1001; expected 1 to 1000",
                "{'k':'20'} | k | is \"20\"; expected a whole number",
                "{'k':20.0} | k | is 20.0; expected a whole number",
                "{'k':99999999999} | k | is 99999999999; expected a whole number",
                "{'k':99999999999999999999} | k | is 1.0E20; expected a whole number",
                "{'k':null} | k | is null; expected a whole number below 2^31, without fraction or exponent, or leave",
                "{'k':1,'k':2} | k | is given twice",
                "{'K':1} | K | is no key that is known here; expected k, weights",
                "{'a b':1} | [\"a b\"] | is no key that is known here",
                "{'weights':[]} | weights | is an array; expected an object",
                "{'weights':{'cooc':'much'}} | weights.cooc | is \"much\"; expected a number",
                "{'weights':{'cooc':-1}} | weights.cooc | the weight of signal cooc is -1.0; expected 0 or",
                "{'weights':{'cooc':1e7}} | weights.cooc | the weight of signal cooc is 1.0E7; expected 0 or",
                "{'weights':{'cooc':1e999}} | weights.cooc | is 1e999, which is too large",
                "{'weights':{'Cooc':1}} | weights.Cooc | artifact type 'Cooc' is not valid",
                "{'similar_weights':{'cooc':true}} | similar_weights.cooc | is true; expected a number",
                "{'segment_weights':{'new ones':{'cooc':-1}}} | segment_weights[\"new ones\"].cooc | the weight",
                "{'segment_weights':{' ':{}}} | segment_weights[\" \"] | a segment with weights is blank",
                "{'segment_weights':{'vip':1}} | segment_weights.vip | is 1; expected an object",
                "{'recency_decay':0} | recency_decay | is 0.0; expected more than 0",
                "{'recency_decay':1.1} | recency_decay | is 1.1; expected more than 0, at most 1",
                "{'max_recent_items':0} | max_recent_items | is 0; expected 1 to 1000",
                "{'popularity_head':100001} | popularity_head | is 100001; expected 1 to 100000",
                "{'caps':{'brand':0}} | caps.brand | a cap's most is 0; expected 1 to 1000",
                "{'caps':{'item':1}} | caps.item | is no key that is known here; expected brand, category, tag",
                "{'diversity':{'lambda':2}} | diversity.lambda | is 2.0; expected a number from 0 to 1",
                "{'diversity':{'pool':0}} | diversity.pool | is 0; expected 1 to 1000",
                "{'exploration':{'share':0.6}} | exploration.share | is 0.6; expected a number from 0 to 0.5",
                "{'exploration':{'pool':0}} | exploration.pool | is 0; expected 1 to 1000",
                "{'exploration':{'floor':0}} | exploration.floor | is no key that is known here; expected share, pool",
                "{'experiment':[]} | experiment | is an array; expected an object",
                "{'experiment':{'variants':[TWO]}} | experiment.name | is missing",
                "{'experiment':{'name':'e'}} | experiment.variants | is missing",
                "{'experiment':{'name':'a b','variants':[TWO]}} | experiment.name | is not 1 to 100 printable",
                "{'experiment':{'name':'e','salt':' ','variants':[TWO]}} | experiment.salt | is not 1 to 100 printable",
                "{'experiment':{'name':'e','unit_key':' ','variants':[TWO]}} | experiment.unit_key | is blank",
                "{'experiment':{'name':'e','share':1.5,'variants':[TWO]}} | experiment.share | is 1.5; expected 0 to 1",
                "{'experiment':{'name':'e','variants':[{'name':'a'}]}} | experiment.variants | has 1; expected 2 to 20",
                "{'experiment':{'name':'e','variants':[TWO,{'name':'a'}]}} | experiment.variants | has two named 'a'",
                "{'experiment':{'name':'e','variants':[{'name':'a','weight':0},{'name':'b'}]}} | experiment.variants[0].weight | is 0.0; expected more than 0",
                "{'experiment':{'name':'e','variants':[{'name':'a','release':0},{'name':'b'}]}} | experiment.variants[0].release | is 0; expected the number of a release",
                "{'experiment':{'name':'e','variants':[{'name':'a','config':{'k':0}},{'name':'b'}]}} | experiment.variants[0].config.k | is 0; expected 1 to 1000",
                "{'experiment':{'name':'e','variants':[{'name':'a','config':{'experiment':{}}},{'name':'b'}]}} | experiment.variants[0].config.experiment | is no key that is known here; expected k, weights",
                "{'experiment':{'name':'e','variants':[{'name':'a','rules':[{SOUND,'factor':2}]},{'name':'b'}]}} | experiment.variants[0].rules[0].factor | is 2.0; expected none",
                "{'experiment':{'name':'e','variants':[{'name':'a','rules':[{SOUND},{SOUND}]},{'name':'b'}]}} | experiment.variants[0].rules | two rules have the id 'a'",
            })
    void aConfigurationThatIsWrongIsRefusedByPath(String json, String path, String detail) {
        String written = json.replace("TWO", "{'name':'a'},{'name':'b'}").replace("SOUND", SOUND);

        assertOneProblem(RankingConfigDocument::read, written, path, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'action':'block','attribute':'item','value':'x' | .id | is missing",
                "'id':'a b','action':'block','attribute':'item','value':'x' | .id | is not 1 to 100 printable",
                "'id':'a','action':'hide','attribute':'item','value':'x' | .action | is \"hide\"; expected one of pin,",
                "'id':'a','action':'block','attribute':'sku','value':'x' | .attribute | is \"sku\"; expected one of item,",
                "'id':'a','action':'block','attribute':'item' | .value | is missing",
                "'id':'a','action':'block','attribute':'item','value':' ' | .value | is blank",
                "SOUND,'position':1 | .position | is 1; expected none, for only a pin has one",
                "SOUND,'factor':2 | .factor | is 2.0; expected none, for only a boost has one",
                "'id':'a','action':'pin','attribute':'item','value':'x' | .position | is missing",
                "'id':'a','action':'pin','attribute':'item','value':'x','position':0 | .position | is 0; expected 1 to 1000",
                "'id':'a','action':'boost','attribute':'item','value':'x' | .factor | is missing",
                "'id':'a','action':'boost','attribute':'item','value':'x','factor':0 | .factor | is 0.0; expected 0.001",
                "SOUND,'priority':1.5 | .priority | is 1.5; expected a whole number",
                "SOUND,'segment':' ' | .segment | is blank; leave it out for all",
                "SOUND,'from':'today' | .from | is \"today\"; expected an instant such as",
                "SOUND,'from':'2026-02-01T00:00:00Z','until':'2026-01-01T00:00:00Z' | .until | is 2026-01-01T00:00:00Z, not after from, 2026-02-01T00:00:00Z; the rule would never hold",
                "SOUND,'until':20260101 | .until | is 20260101; expected an instant",
                "SOUND,'reason':7 | .reason | is 7; expected a text in quotes",
                "SOUND,'scope':'acme' | .scope | is no key that is known here; expected id, action",
            })
    void aRuleThatIsWrongIsRefusedByPath(String rule, String path, String detail) {
        String json = "{'rules':[{'id':'first','action':'block','attribute':'tag','value':'x'},{"
                + rule.replace("SOUND", SOUND) + "}]}";

        assertOneProblem(RuleSetDocument::read, json, "rules[1]" + path, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | rules | is missing",
                "{'rules':{}} | rules | is an object; expected an array",
                "{'rules':[7]} | rules[0] | is 7; expected an object",
                "{'rules':[{SOUND},{SOUND}]} | rules[1].id | is 'a', as that of rules[0]; expected another",
                "{'rules':[{'id':'b',PIN,'value':'x'},{'id':'a',PIN,'value':'y'}]} | rules[1] | against rules[0], rules 'a' and 'b' contradict each other: both want position 1 at priority 0",
                "{'rules':[{'id':'b',PIN,'value':'x'},{SOUND}]} | rules[1] | against rules[0], rules 'a' and 'b' contradict each other: one pins item 'x', the other blocks it",
                "{'rules':[{'id':'b',PIN,'value':'x'},{'id':'c','action':'pin','attribute':'item','value':'x','position':2}]} | rules[1] | against rules[0], rules 'b' and 'c' contradict each other: they want item 'x' at two positions",
            })
    void rulesThatDoNotGoTogetherAreRefusedByPath(String json, String path, String detail) {
        assertOneProblem(RuleSetDocument::read, json.replace("SOUND", SOUND).replace("PIN", PIN), path, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | item | is missing",
                "{'item':''} | item | an item id is blank",
                "{'item':'x','brand':''} | brand | item 'x': one of its brand is blank",
                "{'item':'x','categories':'tea'} | categories | is \"tea\"; expected an array",
                "{'item':'x','tags':['a',7]} | tags[1] | is 7; expected a text",
                "{'item':'x','tags':[' ']} | tags | item 'x': one of its tags is blank",
                "{'item':'x','price':-1} | price | item 'x' has the price -1.0; expected a finite number",
                "{'item':'x','price':'1'} | price | is \"1\"; expected a number",
                "{'item':'x','available':0} | available | is 0; expected true or false",
                "{'item':'x','created_at':'2026-01-01'} | created_at | is \"2026-01-01\"; expected an instant",
                "{'item':'x','colour':'red'} | colour | is no key that is known here",
            })
    void anItemThatIsWrongIsRefusedByPath(String json, String path, String detail) {
        assertOneProblem(ItemAttributesDocument::read, json, path, detail);
    }

    private static final String EXPOSURE = "{'format':1,'at':'2026-01-01T00:00:00Z','request':{'tenant':'acme',"
            + "'surface':'home'},'recent_items':[],'candidates':{'mine':[{'item':'x','score':1}]},'rescored':[],"
            + "'answer':{'tenant':'acme','surface':'home','release':1,'epoch':1,'seq':1,'versions':{'config':'c',"
            + "'rules':'r','items':'i'},'items':[{'item':'x','score':1,'signals':[],'rules':[],'propensity':1}],"
            + "'degradations':[{'kind':'stale','detail':''}]}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'format':1 | 'format':2 | format | is newer than 1",
                "'format':1, | `` | format | is missing",
                "'at':'2026-01-01T00:00:00Z', | `` | at | is missing",
                "'rescored':[], | `` | rescored | is missing",
                "'surface':'home'} | 'surface':'home','k':0} | request.k | is 0; expected 1 to 1000",
                "'surface':'home'} | 'surface':'home','seed':7} | request.seed | is 7; expected a text",
                "'surface':'home'} | 'surface':'home','seed':'x'} | request.seed | is 'x'; expected a whole number of 64 bits in quotes",
                "'surface':'home'} | 'surface':'../home'} | request.surface | has the character U+002E at position 0",
                "'surface':'home'} | 'surface':'home','users':1} | request.users | is no key that is known here",
                "'score':1}]}, | 'score':-1}]}, | candidates.mine[0].score | the score of item 'any' is -1.0",
                "'config':'c' | 'config':7 | answer.versions.config | is 7; expected a text",
                "'propensity':1 | 'propensity':'1' | answer.items[0].propensity | is \"1\"; expected a number",
                "'items':[{'item':'x' | 'experiment':{'name':' ','variant':'b'},'items':[{'item':'x' | answer.experiment.name | assignment is",
                "'kind':'stale' | 'kind':'tired' | answer.degradations[0].kind | is \"tired\"; expected one of not_ready",
            })
    void anExposureThatIsWrongIsRefusedByPath(String sound, String wrong, String path, String detail) {
        assertThat(ExposureDocument.read(EXPOSURE.replace('\'', '"')).recentItems())
                .isEmpty();
        assertThat(EXPOSURE).contains(sound);
        assertOneProblem(ExposureDocument::read, EXPOSURE.replace(sound, wrong), path, detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7 | `` | is no JSON object",
                "`` | `` | is no JSON object",
                "{} {} | line 1, column 4 | the document goes on after its end",
                "{'k':NaN} | line 1, column 9 | is no JSON: ",
                "{'k':1 | line 1, column 7 | is no JSON: ",
            })
    void whatIsNoJsonIsRefusedByLineAndColumn(String json, String path, String detail) {
        assertOneProblem(RankingConfigDocument::read, json, path, detail);
    }

    @Test
    void aDocumentThatIsNestedTooDeeplyIsRefused() {
        assertThat(problems(RankingConfigDocument::read, "{'k':" + "[".repeat(100_000)))
                .extracting(Problem::detail)
                .allMatch(detail -> detail.contains("nesting depth"));
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThat(problems(
                        RankingConfigDocument::read, "{'k':0,'wieghts':{},'weights':{'cooc':-1,'Cooc':1},'caps':7}"))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("wieghts", "weights.cooc", "weights.Cooc", "k", "caps");
    }

    @Test
    void noMoreThanAHundredProblemsAreTold() {
        String json = "{'rules':[" + "{'id':1},".repeat(1_000) + "{}]}";

        assertThat(problems(RuleSetDocument::read, json)).hasSize(InvalidDocumentException.MOST);
    }

    @Test
    void ofMillionsOfContradictionsAHundredAreTold() {
        StringBuilder json = new StringBuilder("{'rules':[");
        for (int i = 0; i < RuleSet.MAX_RULES; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{'id':'")
                    .append(i)
                    .append("',")
                    .append(PIN);
            json.append(",'value':'item-").append(i).append("'}");
        }

        assertThat(problems(RuleSetDocument::read, json + "]}")).hasSize(InvalidDocumentException.MOST);
    }

    @Test
    void tooManyRulesAreRefused() {
        String json = "{'rules':[" + "7,".repeat(RuleSet.MAX_RULES) + "7]}";

        assertOneProblem(RuleSetDocument::read, json, "rules", "has 10001 elements; expected at most 10000");
    }

    @Test
    void aProblemIsOnOneLineWhateverTheDocumentHolds() {
        String json = "{'item':'a\\nb\\u202ec','price':-1,'x\\ny':1}";

        assertThat(problems(ItemAttributesDocument::read, json))
                .extracting(Problem::toString)
                .hasSize(3)
                .allMatch(problem -> problem.matches("[ -~]+"));
    }

    @Test
    void pricesBetweenWhichThereIsNoneAreRefused() {
        RecommendationRequest.Builder request =
                RecommendationRequest.of("acme", "home").minPrice(5).maxPrice(3);

        assertThatThrownBy(request::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxPrice is 3.0; expected at least minPrice, 5.0, or no item has such a price");
        assertThat(request.maxPrice(5).build().maxPrice()).hasValue(5);
    }

    @Test
    void aZeroHasNoSign() {
        RankingConfig negative = RankingConfig.DEFAULT
                .withWeights(SignalWeights.of(Map.of(ArtifactType.COOC, -0.0)))
                .withDiversity(new Diversity(-0.0, 1))
                .withExploration(new Exploration(-0.0, 1));
        RankingConfig positive = RankingConfig.DEFAULT
                .withWeights(SignalWeights.of(Map.of(ArtifactType.COOC, 0.0)))
                .withDiversity(new Diversity(0.0, 1))
                .withExploration(new Exploration(0.0, 1));

        assertThat(negative).isEqualTo(positive);
        assertThat(RankingConfigDocument.etag(negative)).isEqualTo(RankingConfigDocument.etag(positive));
        assertThat(ItemAttributes.of("a").withPrice(-0.0))
                .isEqualTo(ItemAttributes.of("a").withPrice(0.0));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThat(catchThrowableOfType(
                        InvalidDocumentException.class,
                        () -> RankingConfigDocument.read(new byte[] {'{', (byte) 0xff, '}'})))
                .hasMessage("the configuration is not valid: is not UTF-8; save it in that encoding");
    }

    @Test
    void theMessageNamesEveryProblemOnALineOfItsOwn() {
        assertThat(catchThrowableOfType(
                        InvalidDocumentException.class,
                        () -> RankingConfigDocument.read("{\"k\":0,\"popularity_head\":0}")))
                .hasMessage("the configuration is not valid:\n  k: is 0; expected 1 to 1000\n"
                        + "  popularity_head: is 0; expected 1 to 100000");
    }
}
