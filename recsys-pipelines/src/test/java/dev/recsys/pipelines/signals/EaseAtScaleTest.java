package dev.recsys.pipelines.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recsys.pipelines.events.Event;
import dev.recsys.pipelines.events.Events;
import dev.recsys.pipelines.events.EventsBuilder;
import dev.recsys.pipelines.progress.ProgressListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * EASE at a size that takes minutes, by {@code -Drecsys.ease.items=20000 -Dsurefire.jvm.args=-Xmx2600m}; prints what it
 * took. The result is tested by multiplying it with the matrix.
 */
class EaseAtScaleTest {
    private static final double LAMBDA = 100;

    @Test
    void manyItemsAreLearnedWithinTheMemoryThatWasStated() throws IOException {
        int items = Integer.getInteger("recsys.ease.items", 0);
        assumeTrue(items > 0, "takes minutes; ask for it with recsys.ease.items");
        int threads = Runtime.getRuntime().availableProcessors();
        Events events = events(items);
        Baskets histories = Baskets.ofUsers(events, 500);
        ImplicitSettings settings = ImplicitSettings.of(ImplicitModel.EASE).with("lambda", LAMBDA);

        long start = System.nanoTime();
        ItemModel model = ItemModels.train(settings, events, histories, threads, printed());
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf(
                "EASE: %d items, %d users, %d threads, %d s, %d MB stated, heap of %d MB%n",
                items,
                histories.count(),
                threads,
                took.toSeconds(),
                EaseModel.bytes(items, threads) / 1_000_000,
                Runtime.getRuntime().maxMemory() / 1_000_000);
        assertThat(model.itemCount()).isEqualTo(items);
        for (int item = 0; item < items; item += items / 7) {
            assertThat(residual(model, histories, item)).isLessThan(1e-9);
        }
    }

    /**
     * B = I - P D with D diagonal, so that G B = G - D for {@code G = X^T X + lambda I}: column j of {@code G (I - B)} is
     * 0 but in row j. Returns the largest element that should be 0, relative to the one that should not.
     */
    private static double residual(ItemModel model, Baskets histories, int column) {
        double[] ofColumn = new double[model.itemCount()];
        double[] row = new double[model.itemCount()];
        for (int item = 0; item < ofColumn.length; item++) {
            Arrays.fill(row, 0);
            model.addRow(item, 1, row);
            ofColumn[item] = (item == column ? 1 : 0) - row[column];
        }
        double[] product = new double[ofColumn.length];
        for (int history = 0; history < histories.count(); history++) {
            double sum = 0;
            for (int position = histories.start(history); position < histories.end(history); position++) {
                sum += ofColumn[histories.item(position)];
            }
            for (int position = histories.start(history); position < histories.end(history); position++) {
                product[histories.item(position)] += sum;
            }
        }
        double worst = 0;
        for (int item = 0; item < product.length; item++) {
            product[item] += LAMBDA * ofColumn[item];
            worst = item == column ? worst : Math.max(worst, Math.abs(product[item]));
        }
        return worst / product[column];
    }

    private static ProgressListener printed() {
        long[] tenths = new long[1];
        return (phase, done, total) -> {
            if (done * 10 / total > tenths[0]) {
                tenths[0] = done * 10 / total;
                System.out.println(phase + " " + done + " of " + total);
            }
        };
    }

    private static Events events(int items) {
        Random random = new Random(1);
        EventsBuilder builder = new EventsBuilder();
        for (int item = 0; item < items; item++) {
            builder.add(event(item, item));
        }
        for (int i = 0; i < items * 50; i++) {
            builder.add(event(random.nextInt(3 * items), (int) (items * random.nextDouble() * random.nextDouble())));
        }
        return builder.build();
    }

    private static Event event(int user, int item) {
        return new Event("", Instant.EPOCH, "", "u" + user, "", "i" + item, "");
    }
}
