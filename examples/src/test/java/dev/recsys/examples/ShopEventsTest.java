package dev.recsys.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.recsys.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopEventsTest {
    private static final ShopEvents SHOP = ShopEvents.shop(7);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private List<String> lines(ShopEvents shop) throws IOException {
        return Files.readAllLines(shop.writeJsonl(directory.resolve("events.jsonl")));
    }

    @Test
    void theSameSeedGivesTheSameBytesEverywhere() throws IOException {
        byte[] bytes = Files.readAllBytes(SHOP.writeJsonl(directory.resolve("events.jsonl")));

        assertThat(Sha256.of(bytes).hex())
                .isEqualTo("4c3f7c45dc52f0de448bd92d710a419849d13bc99a15a844c208ea304a82148e");
    }

    @Test
    void theShopIsSmallAndBusy() {
        assertThat(SHOP.events()).hasSize(60_000);
        assertThat(SHOP.events().stream().map(ShopEvent::item).distinct()).hasSize(300);
        assertThat(SHOP.events().stream().map(ShopEvent::user).distinct()).hasSize(2_000);
        assertThat(SHOP.events().stream().map(ShopEvent::segment).distinct()).hasSize(4);
    }

    @Test
    void everyEventIsWithinTheSpanAndTheyAreInOrder() {
        assertThat(SHOP.events()).isSortedAccordingTo(Comparator.comparing(ShopEvent::at));
        assertThat(SHOP.events().get(0).at()).isAfterOrEqualTo(ShopEvents.END.minus(ShopEvents.SPAN));
        assertThat(SHOP.events().get(59_999).at()).isBefore(ShopEvents.END);
    }

    @Test
    void aFewItemsAreWantedMuchMoreThanMost() {
        Map<String, Long> counts =
                SHOP.events().stream().collect(Collectors.groupingBy(ShopEvent::item, Collectors.counting()));
        List<Long> byRank =
                counts.values().stream().sorted(Comparator.reverseOrder()).toList();

        assertThat(byRank.get(0)).isGreaterThan(10 * byRank.get(299));
    }

    @Test
    void aVisitStaysWithinACategory() {
        Map<String, Set<String>> categories = SHOP.events().stream()
                .collect(Collectors.groupingBy(
                        ShopEvent::session,
                        Collectors.mapping(
                                event -> event.item().substring(0, event.item().indexOf('-')), Collectors.toSet())));

        assertThat(categories.values()).allSatisfy(one -> assertThat(one).hasSize(1));
    }

    @Test
    void everyLineIsAnEventWithAllFields() throws IOException {
        for (String line : lines(SHOP)) {
            JsonNode event = JSON.readTree(line);
            assertThat(event.path("tenant").asText()).isEqualTo("corner-shop");
            assertThat(event.path("surface").asText()).isEqualTo("home");
            assertThat(Instant.parse(event.path("ts").asText())).isBefore(ShopEvents.END);
            assertThat(event.path("type").asText()).isIn("view", "click", "add_to_cart", "purchase");
            assertThat(event.path("value").isNumber())
                    .isEqualTo(event.path("type").asText().equals("purchase"));
            assertThat(event.hasNonNull("item") && event.hasNonNull("user") && event.hasNonNull("session"))
                    .isTrue();
        }
    }

    @Test
    void duplicatesRepeatAWholeLine() throws IOException {
        List<String> lines = lines(SHOP.withDuplicates(100));

        assertThat(lines).hasSize(60_100);
        assertThat(new HashSet<>(lines)).hasSize(60_000);
    }

    @Test
    void malformedLinesAreNoEvents() throws IOException {
        List<String> lines = lines(SHOP.withMalformedLines(12));

        assertThat(lines).hasSize(60_012);
        assertThat(lines.stream().filter(line -> !isEvent(line))).hasSize(12);
    }

    @Test
    void moreDuplicatesThanHalfOfTheEventsAreRefused() {
        assertThatThrownBy(() -> SHOP.withDuplicates(30_001)).hasMessageContaining("0 to 30000");
        assertThatThrownBy(() -> SHOP.withMalformedLines(-1)).hasMessageContaining("0 to 30000");
    }

    private static boolean isEvent(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            return event.hasNonNull("item") && event.path("ts").asText().startsWith("2026-");
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
