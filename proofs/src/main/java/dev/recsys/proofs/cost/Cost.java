package dev.recsys.proofs.cost;

import dev.recsys.proofs.Arguments;
import dev.recsys.proofs.Folders;
import dev.recsys.proofs.wire.Cloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * {@code prove cost [--store s3|gcs|both] [--jvms 100] [--surfaces 50] [--refresh-seconds 30] [--ships-a-day 24]
 * [--price-per-million-reads X]}.
 */
public final class Cost {
    private static final int DEFAULT_REFRESH_SECONDS = 30; // the recommender's

    private Cost() {}

    /** Counts and prints. */
    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(
                args, "store", "jvms", "surfaces", "refresh-seconds", "ships-a-day", "price-per-million-reads");
        Fleet fleet = new Fleet(
                arguments.number("jvms", 100), arguments.number("surfaces", 50), arguments.number("ships-a-day", 24));
        Duration refresh = Duration.ofSeconds(arguments.number("refresh-seconds", DEFAULT_REFRESH_SECONDS));
        String price = arguments.text("price-per-million-reads", "");
        OptionalDouble perMillion =
                price.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(price));
        Path folder = Files.createTempDirectory("recsys-cost");
        for (Cloud.Kind cloud : Cloud.Kind.parse(arguments.text("store", "both"))) {
            System.out.println(new CostReport(cloud, Meter.count(cloud, folder), fleet, refresh, perMillion));
        }
        System.out.println(
                "LOOK: HEAD at S3, a GET of the metadata at GCS. PUT and LIST are billed as writes, GET and LOOK"
                        + " as reads whether they find something new or not, DELETE is not billed.");
        System.out.println(
                "Polls outweigh all else. Their number is in inverse proportion to the refresh interval: raise"
                        + " it for surfaces that are shipped rarely, or tell readers by `invalidate` when something was shipped"
                        + " and let the interval be the backstop. See docs/adr/0020.");
        Folders.delete(folder);
        System.exit(0);
    }
}
