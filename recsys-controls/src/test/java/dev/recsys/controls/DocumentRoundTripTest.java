package dev.recsys.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.RecommendationRequest;
import dev.recsys.Recommendations;
import dev.recsys.control.Exposure;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back as it was, doubles bit for bit. */
class DocumentRoundTripTest {
    private static final int CASES = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aConfiguration(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            RankingConfig config = Samples.config(random);
            String json = RankingConfigDocument.write(config);

            assertThat(RankingConfigDocument.read(json)).isEqualTo(config);
            assertThat(RankingConfigDocument.write(RankingConfigDocument.read(json.getBytes(StandardCharsets.UTF_8))))
                    .isEqualTo(json);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRuleSet(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            RuleSet rules = Samples.rules(random);

            assertThat(RuleSetDocument.read(RuleSetDocument.write(rules).getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(rules);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anItem(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            ItemAttributes item = Samples.item(random, Samples.name(random));
            String json = ItemAttributesDocument.write(item);

            assertThat(json).doesNotContain("\n");
            assertThat(ItemAttributesDocument.read(json.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(item);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anExposure(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            Exposure exposure = Samples.exposure(random);
            String json = ExposureDocument.write(exposure);

            assertThat(json).doesNotContain("\n");
            assertThat(ExposureDocument.read(json.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(exposure);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void anExposureHasTheCanonicalText(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            String json = ExposureDocument.write(Samples.exposure(random));

            assertThat(json)
                    .isEqualTo(CanonicalJson.of(JsonText.parse(json, ExposureDocument.MAX_CHARS, new Problems("it"))));
        }
    }

    @Test
    void anEmptyHistoryIsNotAnAbsentOne() {
        RecommendationRequest absent = RecommendationRequest.of("acme", "home").build();
        RecommendationRequest empty = absent.toBuilder().recentItems(List.of()).build();

        assertThat(roundTrip(absent)).isEqualTo(absent);
        assertThat(roundTrip(empty)).isEqualTo(empty).isNotEqualTo(absent);
    }

    private static RecommendationRequest roundTrip(RecommendationRequest request) {
        Recommendations answer =
                new Recommendations(request.scope(), 0, 0, 0, Recommendations.Versions.NONE, List.of(), List.of());
        Exposure exposure = new Exposure(Instant.EPOCH, request, List.of(), new TreeMap<>(), List.of(), answer);
        return ExposureDocument.read(ExposureDocument.write(exposure)).request();
    }

    @Test
    void whatIsAbsentHasTheValueOfTheDefault() {
        assertThat(RankingConfigDocument.read("{}")).isEqualTo(RankingConfig.DEFAULT);
        assertThat(RankingConfigDocument.read("{\"diversity\":{\"lambda\":0.5}}")
                        .diversity()
                        .pool())
                .isEqualTo(RankingConfig.DEFAULT.diversity().pool());
        assertThat(ItemAttributesDocument.read("{\"item\":\"a\"}")).isEqualTo(ItemAttributes.of("a"));
    }

    @Test
    void itemsHaveOneVersionWhateverTheirOrder() {
        SplittableRandom random = new SplittableRandom(1);
        List<ItemAttributes> items = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            items.add(Samples.item(random, "item-" + i));
        }
        String version = ItemAttributesDocument.etag(items);
        Collections.shuffle(items, new Random(1));

        assertThat(ItemAttributesDocument.etag(items)).isEqualTo(version);
        assertThat(ItemAttributesDocument.etag(items.subList(0, 49))).isNotEqualTo(version);
    }

    @Test
    void aVariantFollowsTheSurfaceInWhatItDoesNotSay() {
        String json = "{'k':7,'weights':{'cooc':2},'caps':{'brand':1},'experiment':{'name':'e','variants':["
                + "{'name':'a'},{'name':'b','config':{'k':9,'segment_weights':{}}}]}}";

        RankingConfig config = RankingConfigDocument.read(json.replace('\'', '"'));

        RankingConfig own =
                config.experiment().orElseThrow().variants().get(1).config().orElseThrow();
        assertThat(own).isEqualTo(config.withoutExperiment().withK(9));
        assertThat(RankingConfigDocument.write(config))
                .contains("\"config\":{\"k\":9}")
                .doesNotContain("\"config\":{\"caps");
    }
}
