package dev.recsys.proofs;

import dev.recsys.store.BlobKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** What a test server tells of its writes, as far as they are of registers: every value that each had, in order. */
public final class RegisterRecord implements BiConsumer<String, byte[]> {
    private static final String REGISTER = "/" + BlobKey.REGISTER;

    private final Map<String, List<byte[]>> values = new ConcurrentHashMap<>();

    /** Creates an empty one. */
    public RegisterRecord() {}

    @Override
    public void accept(String object, byte[] content) {
        if (object.endsWith(REGISTER)) {
            values.computeIfAbsent(object, unused -> new CopyOnWriteArrayList<>())
                    .add(content);
        }
    }

    /** Returns the value that an object took as its {@code number}-th, from 1; empty if it has had fewer. */
    public Optional<byte[]> value(String object, long number) {
        List<byte[]> had = values.getOrDefault(object, List.of());
        return number <= had.size() ? Optional.of(had.get(Math.toIntExact(number - 1))) : Optional.empty();
    }
}
