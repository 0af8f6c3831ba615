package dev.recsys.pipelines;

import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.pipelines.items.ItemReport;
import dev.recsys.publish.Build;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a build did.
 *
 * @param build the finished build, ready to be shipped
 * @param read what became of the lines that were read
 * @param itemsRead what became of the lines of the file of items, if one was read
 * @param users the number of different users
 * @param sessions the number of sessions, those made of users' events included
 * @param items the number of different items
 * @param memory what it took at most
 * @param diskBytes what was written to temporary files, because memory did not hold it; 0 if it did
 * @param choices what was chosen by evidence, if anything was
 * @param readTime how long reading took
 * @param computeTime how long choosing, computing and writing took
 */
public record SignalBuildReport(
        Build build,
        ReadReport read,
        Optional<ItemReport> itemsRead,
        int users,
        int sessions,
        int items,
        MemoryNeed memory,
        long diskBytes,
        List<Choice> choices,
        Duration readTime,
        Duration computeTime) {
    /** Copies the list. */
    public SignalBuildReport {
        choices = List.copyOf(choices);
    }
}
