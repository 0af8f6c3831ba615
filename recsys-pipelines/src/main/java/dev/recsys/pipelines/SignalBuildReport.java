package dev.recsys.pipelines;

import dev.recsys.pipelines.events.ReadReport;
import dev.recsys.publish.Build;
import java.time.Duration;
import java.util.List;

/**
 * What a build did.
 *
 * @param build the finished build, ready to be shipped
 * @param read what became of the lines that were read
 * @param users the number of different users
 * @param sessions the number of sessions, those made of users' events included
 * @param items the number of different items
 * @param choices what was chosen by evidence, if anything was
 * @param readTime how long reading took
 * @param computeTime how long choosing, computing and writing took
 */
public record SignalBuildReport(
        Build build,
        ReadReport read,
        int users,
        int sessions,
        int items,
        List<Choice> choices,
        Duration readTime,
        Duration computeTime) {
    /** Copies the list. */
    public SignalBuildReport {
        choices = List.copyOf(choices);
    }
}
