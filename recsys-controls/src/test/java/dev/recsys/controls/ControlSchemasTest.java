package dev.recsys.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.recsys.control.RankingConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The schemas and {@code docs/configuration.md} say what the documents are. */
class ControlSchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCS = Path.of("..", "docs");
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** The documents: a random one, how one is read, and their schema. */
    enum Kind {
        CONFIG,
        RULES,
        ITEM,
        EXPOSURE,
        OUTCOME;

        private String sample(SplittableRandom random) {
            return switch (this) {
                case CONFIG -> RankingConfigDocument.write(Samples.config(random));
                case RULES -> RuleSetDocument.write(Samples.rules(random));
                case ITEM -> ItemAttributesDocument.write(Samples.item(random, Samples.name(random)));
                case EXPOSURE -> ExposureDocument.write(Samples.exposure(random));
                case OUTCOME -> OutcomeDocument.write(Samples.outcome(random));
            };
        }

        private Object read(String json) {
            return switch (this) {
                case CONFIG -> RankingConfigDocument.read(json);
                case RULES -> RuleSetDocument.read(json);
                case ITEM -> ItemAttributesDocument.read(json);
                case EXPOSURE -> ExposureDocument.read(json);
                case OUTCOME -> OutcomeDocument.read(json);
            };
        }

        private JsonNode schema() throws IOException {
            return JSON.readTree(DOCS.resolve("schema/" + Fields.publicName(this) + "-v1.schema.json")
                    .toFile());
        }
    }

    private static boolean isValid(Kind kind, String json) throws IOException {
        JsonSchema schema = FACTORY.getSchema(kind.schema());
        return schema.validate(JSON.readTree(json)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaIsItselfValid(Kind kind) throws IOException {
        JsonSchema meta = FACTORY.getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(kind.schema())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsValidAndEveryKeyOfItDescribed(Kind kind) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 50; i++) {
            String json = kind.sample(random);
            assertThat(isValid(kind, json)).as(json).isTrue(); // unknown keys are not
        }
    }

    /** The table of refusals is in DocumentRefusalsTest; here are those that a schema can tell. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CONFIG | {'k':0}",
                "CONFIG | {'K':1}",
                "CONFIG | {'weights':{'cooc':1e-7}}",
                "CONFIG | {'weights':{'Cooc':1}}",
                "CONFIG | {'recency_decay':0}",
                "CONFIG | {'caps':{'item':1}}",
                "CONFIG | {'exploration':{'share':0.6}}",
                "CONFIG | {'experiment':{'name':'e','variants':[{'name':'a'}]}}",
                "CONFIG | {'experiment':{'name':'e','share':2,'variants':[{'name':'a'},{'name':'b'}]}}",
                "CONFIG | {'experiment':{'name':'e','variants':[{'name':'a'},{'name':'b','weight':0}]}}",
                "CONFIG | {'experiment':{'name':'e','variants':[{'name':'a'},{'name':'b','config':{'k':0}}]}}",
                "CONFIG | {'experiment':{'name':'e','variants':[{'name':'a'},{'name':'b','config':{'experiment':{}}}]}}",
                "CONFIG | {'experiment':{'name':'e','variants':[{'name':'a'},{'name':'b','release':0}]}}",
                "RULES | {}",
                "RULES | {'rules':[{'id':'a','action':'pin','attribute':'item','value':'x'}]}",
                "RULES | {'rules':[{'id':'a','action':'block','attribute':'item','value':'x','position':1}]}",
                "RULES | {'rules':[{'id':'a','action':'block','attribute':'item','value':'x','factor':2}]}",
                "RULES | {'rules':[{'id':'a','action':'block','attribute':'item','value':' '}]}",
                "ITEM | {'item':'x','price':-1}",
                "ITEM | {'item':'x','tags':['']}",
                "ITEM | {'item':'x','colour':'red'}",
                "EXPOSURE | {'format':1}",
                "OUTCOME | {'format':1}",
                "OUTCOME | {'format':1,'ts':'now','tenant':'a','surface':'b','user':'u','item':'i','type':'t'}",
                "OUTCOME | {'format':1,'ts':'2026-02-01T00:00:00Z','tenant':'a','surface':'b','user':' ','item':'i','type':'t'}",
                "OUTCOME | {'format':1,'ts':'2026-02-01T00:00:00Z','tenant':'a','surface':'b','user':'u','item':'i','type':'t','at':1}",
            })
    void whatASchemaRefusesTheReaderRefusesToo(Kind kind, String quoted) throws IOException {
        String json = quoted.replace('\'', '"');

        assertThat(isValid(kind, json)).isFalse();
        assertThatThrownBy(() -> kind.read(json)).isInstanceOf(InvalidDocumentException.class);
    }

    private static String guide() throws IOException {
        return Files.readString(DOCS.resolve("configuration.md"));
    }

    private static String section(String heading) throws IOException {
        String text = guide();
        int start = text.indexOf("\n## " + heading + "\n");
        int end = text.indexOf("\n## ", start + 1);
        assertThat(start).as(heading).isNotNegative();
        return text.substring(start, end);
    }

    private static String block(String section, String language) {
        int start = section.indexOf("```" + language + "\n") + language.length() + 4;
        return section.substring(start, section.indexOf("```", start));
    }

    @Test
    void theExamplesOfTheGuideAreValid() throws IOException {
        String config = block(section("config.json"), "json");
        String rules = block(section("rules.json"), "json");

        assertThat(isValid(Kind.CONFIG, config)).isTrue();
        assertThat(RankingConfigDocument.read(config).k()).isEqualTo(12);
        assertThat(isValid(Kind.RULES, rules)).isTrue();
        assertThat(RuleSetDocument.read(rules).rules()).hasSize(4);
        for (String line : block(section("items.jsonl"), "jsonl").lines().toList()) {
            assertThat(isValid(Kind.ITEM, line)).isTrue();
            assertThat(ItemAttributesDocument.read(line).itemId()).isNotBlank();
        }
    }

    private static Set<String> documented(String heading) throws IOException {
        Matcher row = Pattern.compile("(?m)^\\| `([^`]+)`").matcher(section(heading));
        Set<String> keys = new TreeSet<>();
        while (row.find()) {
            keys.add(row.group(1));
        }
        return keys;
    }

    /** Returns the keys of an object, those of an object with keys of its own in its place. */
    private static List<String> keys(String path, JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.path("properties").properties().forEach(entry -> {
            boolean isLeaf = entry.getValue().path("properties").isMissingNode();
            String at = path + entry.getKey();
            keys.addAll(isLeaf ? List.of(at) : keys(at + ".", entry.getValue()));
        });
        return keys;
    }

    @Test
    void theGuideNamesEveryKeyAndNoOther() throws IOException {
        assertThat(documented("config.json")).containsExactlyInAnyOrderElementsOf(keys("", Kind.CONFIG.schema()));
        assertThat(documented("rules.json"))
                .containsExactlyInAnyOrderElementsOf(
                        keys("", Kind.RULES.schema().at("/$defs/rule")));
        assertThat(documented("items.jsonl")).containsExactlyInAnyOrderElementsOf(keys("", Kind.ITEM.schema()));
    }

    /** Schema and guide may say a default only as it is. */
    @Test
    void theDefaultsAreThoseOfTheLibrary() throws IOException {
        JsonNode defaults = JSON.readTree(RankingConfigDocument.write(RankingConfig.DEFAULT));
        for (String key : keys("", Kind.CONFIG.schema())) {
            if (!key.startsWith("caps.") && !key.equals("experiment")) {
                JsonNode said = Kind.CONFIG.schema().at("/properties/" + key.replace(".", "/properties/") + "/default");
                JsonNode real = defaults.at("/" + key.replace('.', '/'));
                assertThat(said).as(key).isEqualTo(real);
                assertThat(inTheGuide(key)).as(key).isEqualTo(real);
            }
        }
        assertThat(defaults.path("caps")).isEmpty();
    }

    private static JsonNode inTheGuide(String key) throws IOException {
        Stream<String> rows = section("config.json").lines();
        String row = rows.filter(line -> line.startsWith("| `" + key + "`"))
                .findFirst()
                .orElseThrow();
        String[] cells = row.split("\\|", -1);
        return JSON.readTree(cells[cells.length - 2].replace("`", ""));
    }
}
