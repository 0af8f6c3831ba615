package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.recsys.RecommendedItem;
import dev.recsys.serve.EmbeddedRecommender;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsPopularIsRecommended() throws IOException {
        List<String> items = Main.recommend(folder).items().stream()
                .map(RecommendedItem::itemId)
                .toList();

        assertEquals(List.of("tea", "milk"), items);
    }

    /** The build of recsys names the repository into which it put what it just built; it must be that which is tried. */
    @Test
    void recsysComesFromTheRepositoryThatWasNamed() throws URISyntaxException {
        Path jar = Path.of(EmbeddedRecommender.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path repository = Path.of(System.getProperty("recsys.repository", "/"));

        assertTrue(jar.startsWith(repository), jar + " is not in " + repository);
        assertTrue(jar.toString().endsWith(".jar"), jar + " is no jar");
    }
}
