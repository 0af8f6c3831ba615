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
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers under which the history has entries, whatever is in them. Whoever may write can put names there, so numbers
 * that no surface reaches by itself are passed by.
 */
final class HistoryListing {
    private static final int PAGE = 1_000;
    private static final Pattern ENTRY = Pattern.compile("([0-9]{1,4})/0{4}([0-9]{16})");

    private final List<Entry> newestFirst;

    private HistoryListing(List<Entry> newestFirst) {
        this.newestFirst = newestFirst;
    }

    /** Where an entry stands. */
    record Entry(long epoch, long seq) {}

    static HistoryListing of(BlobStore store, Scope scope, Duration timeout) {
        String prefix = ScopeKeys.historyPrefix(scope);
        List<Entry> entries = new ArrayList<>();
        String after = "";
        List<BlobKey> page;
        do {
            page = store.list(prefix, after, PAGE, timeout);
            page.forEach(key -> entry(key.path().substring(prefix.length())).ifPresent(entries::add));
            after = page.isEmpty() ? "" : page.get(page.size() - 1).path();
        } while (page.size() == PAGE);
        long epoch = highestWithoutJump(entries, Entry::epoch, Pointer.MAX_EPOCH_JUMP);
        long seq = highestWithoutJump(entries, Entry::seq, Pointer.MAX_SEQ_JUMP);
        entries.removeIf(entry -> entry.epoch() > epoch || entry.seq() > seq);
        entries.sort(Comparator.comparingLong(Entry::epoch)
                .thenComparingLong(Entry::seq)
                .reversed());
        return new HistoryListing(List.copyOf(entries));
    }

    private static Optional<Entry> entry(String name) {
        Matcher numbers = ENTRY.matcher(name);
        if (!numbers.matches()) {
            return Optional.empty();
        }
        Entry entry = new Entry(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)));
        boolean possible = entry.epoch() <= PointerCodec.MAX_EPOCH && entry.seq() <= PointerCodec.MAX_SEQ;
        return possible ? Optional.of(entry) : Optional.empty();
    }

    /** Counts up from the beginning until the next number is too far ahead to have come about step by step. */
    private static long highestWithoutJump(List<Entry> entries, ToLongFunction<Entry> number, long maxJump) {
        long[] numbers = entries.stream().mapToLong(number).sorted().toArray();
        long highest = 0;
        for (int i = 0; i < numbers.length && numbers[i] - highest <= maxJump; i++) {
            highest = numbers[i];
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

    /** Returns whether a pointer's numbers may have come about after these entries. */
    boolean canPrecede(Pointer pointer) {
        long epoch = newestFirst.isEmpty() ? 0 : newestFirst.get(0).epoch();
        return pointer.epoch() - epoch <= Pointer.MAX_EPOCH_JUMP
                && pointer.seq() - highestSeq() <= Pointer.MAX_SEQ_JUMP;
    }
}
