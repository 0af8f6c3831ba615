package dev.recsys.publish;

import dev.recsys.Scope;
import dev.recsys.internal.pointer.Pointer;
import dev.recsys.internal.pointer.PointerCodec;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;

/**
 * The numbers under which the history has entries, whatever is in them. Whoever may write can put names there, so numbers
 * that no surface reaches by itself are passed by.
 */
final class HistoryListing {
    private static final int PAGE = 1_000;

    private final List<Entry> newestFirst;

    private HistoryListing(List<Entry> newestFirst) {
        this.newestFirst = newestFirst;
    }

    /** Where an entry stands. */
    record Entry(long epoch, long seq) {}

    /**
     * Lists a scope's history.
     *
     * @param isReadable whether an entry holds the revision that it is named by; asked only where numbers are far apart
     */
    static HistoryListing of(BlobStore store, Scope scope, Duration timeout, Predicate<Entry> isReadable) {
        String prefix = ScopeKeys.historyPrefix(scope);
        List<Entry> entries = new ArrayList<>();
        String after = "";
        List<BlobKey> page;
        do {
            page = store.list(prefix, after, PAGE, timeout);
            page.forEach(key -> entry(key.path().substring(prefix.length())).ifPresent(entries::add));
            after = page.isEmpty() ? "" : page.get(page.size() - 1).path();
        } while (page.size() == PAGE);
        long epoch = highestWithoutJump(entries, Entry::epoch, Pointer.MAX_EPOCH_JUMP, isReadable);
        long seq = highestWithoutJump(entries, Entry::seq, Pointer.MAX_SEQ_JUMP, isReadable);
        entries.removeIf(entry -> entry.epoch() > epoch || entry.seq() > seq);
        entries.sort(Comparator.comparingLong(Entry::epoch)
                .thenComparingLong(Entry::seq)
                .reversed());
        return new HistoryListing(List.copyOf(entries));
    }

    private static Optional<Entry> entry(String name) {
        Matcher numbers = ScopeKeys.HISTORY_ENTRY.matcher(name);
        if (!numbers.matches()) {
            return Optional.empty();
        }
        Entry entry = new Entry(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)));
        boolean possible = entry.epoch() <= PointerCodec.MAX_EPOCH && entry.seq() <= PointerCodec.MAX_SEQ;
        return possible ? Optional.of(entry) : Optional.empty();
    }

    /**
     * Counts up until the next number is too far ahead to have come about step by step: from the beginning, or, where the
     * oldest entries are no longer kept, from the lowest that can be read.
     */
    private static long highestWithoutJump(
            List<Entry> entries, ToLongFunction<Entry> number, long maxJump, Predicate<Entry> isReadable) {
        List<Entry> ascending =
                entries.stream().sorted(Comparator.comparingLong(number)).toList();
        long[] numbers = ascending.stream().mapToLong(number).toArray();
        long highest = climb(numbers, 0, maxJump);
        if (numbers.length == 0 || highest == numbers[numbers.length - 1]) {
            return highest;
        }
        return ascending.stream()
                .filter(isReadable)
                .findFirst()
                .map(lowest -> climb(numbers, number.applyAsLong(lowest), maxJump))
                .filter(fromThere -> fromThere > highest)
                .orElse(highest);
    }

    private static long climb(long[] ascending, long from, long maxJump) {
        long highest = from;
        for (int i = 0; i < ascending.length && ascending[i] - highest <= maxJump; i++) {
            highest = Math.max(highest, ascending[i]);
        }
        return highest;
    }

    List<Entry> newestFirst() {
        return newestFirst;
    }

    /** The numbers of revisions without their epochs, each once, highest first. */
    List<Long> seqs() {
        return newestFirst.stream()
                .map(Entry::seq)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** The highest number of any epoch; 0 if there are no entries. */
    long highestSeq() {
        return newestFirst.stream().mapToLong(Entry::seq).max().orElse(0);
    }

    /**
     * Returns whether a pointer's numbers may have come about after these entries. Where none is kept any more, all that
     * counts is that there are numbers left.
     */
    boolean canPrecede(Pointer pointer) {
        long epoch = newestFirst.isEmpty() ? 0 : newestFirst.get(0).epoch();
        long mostSeq = newestFirst.isEmpty() ? PointerCodec.MAX_SEQ / 2 : highestSeq() + Pointer.MAX_SEQ_JUMP;
        return pointer.epoch() - epoch <= Pointer.MAX_EPOCH_JUMP && pointer.seq() <= mostSeq;
    }
}
