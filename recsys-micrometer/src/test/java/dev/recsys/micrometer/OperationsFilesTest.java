package dev.recsys.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Holds alert rules and dashboard against what a real recommender tells, and against the runbooks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsFilesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String DURATION = "(\\d+(ms|s|m|h|d|w|y))+";

    private Scrape scrape = new Scrape(List.of());
    private List<JsonNode> rules = List.of();
    private JsonNode dashboard = YAML.createObjectNode();

    @BeforeAll
    void readAll(@TempDir Path folder) throws IOException {
        scrape = EverythingHappens.scrape(folder);
        JsonNode groups = YAML.readTree(read("ops/prometheus-alerts.yml"));
        rules = elements(groups.path("groups").path(0).path("rules"));
        dashboard = new ObjectMapper().readTree(read("ops/grafana-dashboard.json"));
    }

    private static String read(String name) throws IOException {
        return Files.readString(root().resolve(name));
    }

    private static Path root() {
        return Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolveSibling("")
                .normalize();
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    private List<String> expressionsOfRules() {
        return rules.stream().map(rule -> rule.path("expr").asText()).toList();
    }

    private List<JsonNode> panels() {
        return elements(dashboard.path("panels"));
    }

    private List<String> expressionsOfPanels() {
        return panels().stream()
                .flatMap(panel -> elements(panel.path("targets")).stream())
                .map(target -> target.path("expr").asText())
                .toList();
    }

    private static List<String> problems(List<String> expressions, Scrape scrape) {
        return expressions.stream()
                .flatMap(text -> new PromExpression(text).problems(scrape).stream())
                .toList();
    }

    @Test
    void everyRuleHasTheFieldsOfAnAlert() {
        Set<String> names = new HashSet<>();

        assertThat(rules).hasSizeGreaterThan(10);
        for (JsonNode rule : rules) {
            String name = rule.path("alert").asText();
            Set<String> fields = new TreeSet<>();
            rule.fieldNames().forEachRemaining(fields::add);
            assertThat(fields).as(name).containsExactly("alert", "annotations", "expr", "for", "labels");
            assertThat(names.add(name)).as("the name %s once", name).isTrue();
            assertThat(rule.path("for").asText()).as(name).matches(DURATION);
            assertThat(rule.path("labels").path("severity").asText()).as(name).isIn("page", "ticket");
            assertThat(rule.path("annotations").path("summary").asText())
                    .as(name)
                    .isNotBlank();
            assertThat(rule.path("annotations").path("description").asText())
                    .as(name)
                    .isNotBlank();
        }
    }

    @Test
    void everyRangeInARuleIsADuration() {
        for (String expression : expressionsOfRules()) {
            assertThat(ranges(expression)).as(expression).allMatch(range -> range.matches(DURATION));
        }
    }

    private static List<String> ranges(String expression) {
        return Pattern.compile("\\[([^]]*)]")
                .matcher(expression)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void everyMetricAndLabelOfARuleIsInARealScrape() {
        assertThat(problems(expressionsOfRules(), scrape)).isEmpty();
    }

    @Test
    void everyMetricAndLabelOfAPanelIsInARealScrape() {
        assertThat(expressionsOfPanels()).hasSizeGreaterThan(15);
        assertThat(problems(expressionsOfPanels(), scrape)).isEmpty();
    }

    @Test
    void aMetricOrLabelThatIsCalledOtherwiseIsFound() {
        for (String metric : List.of("recsys_requests_total", "recsys_release_age_seconds", "recsys_surfaces")) {
            Scrape renamed = new Scrape(scrape.samples().stream()
                    .filter(sample -> !sample.name().equals(metric))
                    .toList());
            assertThat(problems(expressionsOfRules(), renamed)).contains("there is no metric " + metric);
            assertThat(problems(expressionsOfPanels(), renamed)).contains("there is no metric " + metric);
        }
        List<String> others = List.of(
                "recsys_requests_total{outcome=\"empty\"}",
                "recsys_requests_total{result=\"nothing\"}",
                "sum by (shop) (recsys_requests_total)",
                "up == 0");
        assertThat(problems(others, scrape))
                .containsExactly(
                        "recsys_requests_total has no label outcome",
                        "recsys_requests_total has no outcome empty",
                        "recsys_requests_total has no result nothing",
                        "no metric has the label shop in: sum by (shop) (recsys_requests_total)",
                        "no metric of recsys in: up == 0");
    }

    @Test
    void everyRuleLeadsToARunbookThatThereIs() throws IOException {
        Set<String> anchors = new HashSet<>();
        read("docs/runbooks.md")
                .lines()
                .filter(line -> line.startsWith("## "))
                .forEach(line -> anchors.add("docs/runbooks.md#"
                        + line.substring(3)
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-')));

        for (JsonNode rule : rules) {
            assertThat(anchors)
                    .contains(rule.path("annotations").path("runbook").asText());
        }
    }

    @Test
    void everyRunbookNamesTheAlertsThatLeadToIt() throws IOException {
        String runbooks = read("docs/runbooks.md");

        for (JsonNode rule : rules) {
            assertThat(runbooks).contains("`" + rule.path("alert").asText() + "`");
        }
    }

    @Test
    void everyAlertIsFiredByTheTestOfTheRules() throws IOException {
        JsonNode tests = YAML.readTree(read("ops/prometheus-alerts-test.yml")).path("tests");
        Set<String> fired = new TreeSet<>();
        tests.forEach(test -> test.path("alert_rule_test").forEach(alert -> {
            if (alert.path("exp_alerts").size() > 0) {
                fired.add(alert.path("alertname").asText());
            }
        }));

        assertThat(fired)
                .containsExactlyInAnyOrderElementsOf(
                        rules.stream().map(rule -> rule.path("alert").asText()).toList());
    }

    @Test
    void everyPanelHasAnIdOfItsOwnATitleAndAUnit() {
        Set<Integer> ids = new HashSet<>();

        for (JsonNode panel : panels()) {
            String title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("fieldConfig")
                                .path("defaults")
                                .path("unit")
                                .asText())
                        .as(title)
                        .isNotBlank();
                assertThat(panel.path("datasource").path("uid").asText())
                        .as(title)
                        .isEqualTo("${datasource}");
            }
        }
    }

    @Test
    void panelsDoNotOverlap() {
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : panels()) {
            JsonNode at = panel.path("gridPos");
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(x).isLessThan(24);
                    assertThat(cells.add(x + "/" + y))
                            .as("%s at %s/%s", panel.path("title"), x, y)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theDashboardChoosesDataSourceTenantAndSurface() {
        JsonNode variables = dashboard.path("templating").path("list");
        List<String> names = elements(variables).stream()
                .map(one -> one.path("name").asText())
                .toList();
        List<String> queries = elements(variables).stream()
                .filter(one -> one.path("type").asText().equals("query"))
                .map(one -> one.path("query").path("query").asText())
                .toList();

        assertThat(names).containsExactly("datasource", "tenant", "surface");
        assertThat(problems(queries, scrape)).isEmpty();
    }

    @Test
    void whateverIsMeasuredIsNamedInTheReference() throws IOException {
        String reference = read("docs/reference.md");

        for (String name : scrape.names()) {
            String measured = name.replaceFirst("_(bucket|count|sum|max|total)$", "");
            assertThat(reference).as(name).contains("`" + measured);
        }
    }
}
