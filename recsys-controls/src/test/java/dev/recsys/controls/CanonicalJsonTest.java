package dev.recsys.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.control.Cap;
import dev.recsys.control.ItemAttribute;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.store.Sha256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    /** The table of RFC 8785, appendix B, but for negative zero. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, -0.0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2",
    })
    void aNumberIsWrittenAsRfc8785Does(String bits, String text) {
        double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(CanonicalNumber.of(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyFiniteNumberIsReadBackBitForBit(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                String text = CanonicalNumber.of(number);
                assertThat(Double.doubleToRawLongBits(Double.parseDouble(text)))
                        .as(text)
                        .isEqualTo(Double.doubleToRawLongBits(number));
            }
        }
    }

    /** The digest was computed by a program in another language, from its own shortest texts of the same numbers. */
    @Test
    void theTextsOfTwentyThousandNumbersAreThoseOfAnotherLanguage() {
        MessageDigest digest = Sha256.newDigest();
        long bits = 1;
        for (int i = 0; i < 20_000; i++) {
            bits = bits * 6364136223846793005L + 1442695040888963407L;
            double number = i % 2 == 0 ? Double.longBitsToDouble(bits) : (bits >>> 11) * 0x1p-53;
            if (Double.isFinite(number) && number != 0) {
                digest.update((CanonicalNumber.of(number) + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }

        assertThat(Sha256.of(digest).hex())
                .isEqualTo("1bcc5ad9df8474bf1891cea91dab95cb639546443d087a32b8478dc0768857f5");
    }

    @Test
    void aNumberHasNoMoreDigitsThanItWasGiven() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 5_000; i++) {
            long digits = random.nextLong(1, 1_000_000_000_000_000L);
            String given = digits + "e" + random.nextInt(-300, 280);

            BigDecimal written = new BigDecimal(CanonicalNumber.of(Double.parseDouble(given)));

            assertThat(written).as(given).isEqualByComparingTo(given);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aNumberThatIsNotFiniteIsRefused(double number) {
        assertThatThrownBy(() -> CanonicalNumber.of(number)).hasMessageContaining("expected a finite one");
    }

    @Test
    void aWholeNumberKeepsItsDigits() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("n", Long.MIN_VALUE);

        assertThat(CanonicalJson.of(node)).isEqualTo("{\"n\":-9223372036854775808}");
    }

    @Test
    void keysAreInTheOrderOfTheirUtf16CodeUnits() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (String key : new String[] {"\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"}) {
            node.put(key, true);
        }

        assertThat(CanonicalJson.of(node))
                .isEqualTo("{\"\\r\":true,\"1\":true,\"\u0080\":true,\"\u00f6\":true,\"\u20ac\":true,"
                        + "\"\ud83d\ude00\":true,\"\ufb33\":true}");
    }

    @Test
    void aTextIsEscapedAsLittleAsJsonAllows() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("t", "\u20ac$\u000f\nA'B\"\\\"/\u007f\ud800");

        assertThat(CanonicalJson.of(node)).isEqualTo("{\"t\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\"/\u007f\\ud800\"}");
    }

    @Test
    void equalContentHasOneVersionWhateverTheOrderOfKeysAndTheWhiteSpace() {
        RankingConfig one = RankingConfigDocument.read(
                "{\"k\":5,\"weights\":{\"cooc\":1,\"popularity\":0.50},\"caps\":{\"tag\":2,\"brand\":1}}");
        RankingConfig other = RankingConfigDocument.read("\uFEFF { \"caps\" : {\"brand\":1,\n\"tag\":2},\t"
                + "\"weights\":{\"popularity\":5e-1,\"cooc\":1.0},\"k\":5}\n");

        assertThat(other).isEqualTo(one);
        assertThat(RankingConfigDocument.etag(other)).isEqualTo(RankingConfigDocument.etag(one));
    }

    @Test
    void theOrderInWhichCapsAndRulesWereGivenChangesNoVersion() {
        Cap brand = new Cap(ItemAttribute.BRAND, 1);
        Cap tag = new Cap(ItemAttribute.TAG, 2);
        Rule pin = Rule.pin("b", "x", 1);
        Rule block = Rule.block("a", ItemAttribute.TAG, "y");

        assertThat(RankingConfigDocument.etag(RankingConfig.DEFAULT.withCaps(List.of(tag, brand))))
                .isEqualTo(RankingConfigDocument.etag(RankingConfig.DEFAULT.withCaps(List.of(brand, tag))));
        assertThat(RuleSetDocument.etag(new RuleSet(List.of(pin, block))))
                .isEqualTo(RuleSetDocument.etag(new RuleSet(List.of(block, pin))));
    }

    @Test
    void theVersionOfTheDefaultIsTheSameEverywhere() {
        assertThat(RankingConfigDocument.write(RankingConfig.DEFAULT))
                .isEqualTo("{\"caps\":{},\"diversity\":{\"lambda\":1,\"pool\":100},"
                        + "\"exploration\":{\"pool\":100,\"share\":0},\"k\":20,\"max_recent_items\":50,"
                        + "\"popularity_head\":1000,\"recency_decay\":0.8,\"segment_weights\":{},"
                        + "\"similar_weights\":{\"cooc\":1},\"weights\":{\"cooc\":1,\"popularity\":0.2}}");
        assertThat(RankingConfigDocument.etag(RankingConfig.DEFAULT))
                .isEqualTo("sha256-7f587b155cd1bec68fc07cf1575479cf46848b9bc8ca2c6701a2bb5df4540132");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-EG", "de-DE"})
    void aLocaleChangesNothing(String tag) {
        String expected = RankingConfigDocument.write(Samples.config(new SplittableRandom(1)));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(RankingConfigDocument.write(Samples.config(new SplittableRandom(1))))
                    .isEqualTo(expected);
            assertThat(RuleSetDocument.read("{\"rules\":[{\"id\":\"I\",\"action\":\"pin\",\"attribute\":\"item\","
                                    + "\"value\":\"\u0130\",\"position\":1}]}")
                            .rules())
                    .hasSize(1);
        } finally {
            Locale.setDefault(before);
        }
    }
}
