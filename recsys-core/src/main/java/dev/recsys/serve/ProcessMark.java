package dev.recsys.serve;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a process of this machine in the name of a file: its number, and when it started, for numbers are used again.
 *
 * @param pid its number
 * @param startedMillis when it started, in milliseconds since 1970; 0 if the system does not tell
 */
record ProcessMark(long pid, long startedMillis) {
    private static final Pattern TEXT = Pattern.compile("^(\\d{1,18})-(\\d{1,18})(?!\\d)");

    /** Linux computes the start of a process from the time of boot, which moves a little when the clock is set. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    static ProcessMark current() {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessMark(self.pid(), startedMillis(self));
    }

    /** Reads the mark with which a text begins. */
    static Optional<ProcessMark> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.find()
                ? Optional.of(new ProcessMark(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** Returns whether the process is running. In a container that is started again the number is often the same. */
    boolean isAlive() {
        ProcessMark self = current();
        if (pid == self.pid) {
            return startedMillis == self.startedMillis;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.isPresent() && Math.abs(startedMillis(process.get()) - startedMillis) <= TOLERANCE.toMillis();
    }

    private static long startedMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    @Override
    public String toString() {
        return pid + "-" + startedMillis;
    }
}
