package dev.recsys.testserver.gcs;

import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How a change of one object is made. */
enum Commit {
    /** Looks, decides and writes under a lock of that object. */
    LOCKED {
        @Override
        Optional<StoredObject> change(ConcurrentMap<String, StoredObject> objects, String name, Change change)
                throws Refusal {
            Refusal[] refused = {null};
            StoredObject after = objects.compute(name, (key, before) -> {
                try {
                    return change.of(Optional.ofNullable(before)).orElse(null);
                } catch (Refusal e) {
                    refused[0] = e;
                    return before;
                }
            });
            if (refused[0] != null) {
                throw refused[0];
            }
            return Optional.ofNullable(after);
        }
    },
    /** Looks and decides in one step and writes in another, as some gateways do. */
    RACY {
        @Override
        Optional<StoredObject> change(ConcurrentMap<String, StoredObject> objects, String name, Change change)
                throws Refusal {
            Optional<StoredObject> after = change.of(Optional.ofNullable(objects.get(name)));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2)); // wide enough for a second writer to look as well
            after.ifPresentOrElse(object -> objects.put(name, object), () -> objects.remove(name));
            return after;
        }
    };

    /** Decides what an object becomes: another one, or nothing. */
    interface Change {
        Optional<StoredObject> of(Optional<StoredObject> before) throws Refusal;
    }

    abstract Optional<StoredObject> change(ConcurrentMap<String, StoredObject> objects, String name, Change change)
            throws Refusal;
}
