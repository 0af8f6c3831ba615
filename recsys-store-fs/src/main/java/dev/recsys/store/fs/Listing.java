package dev.recsys.store.fs;

import dev.recsys.store.BlobKey;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Walks the tree in the order of the keys, and only where keys that were asked for can be. */
final class Listing {
    private final Disk disk;
    private final Path root;
    private final String prefix;
    private final String after;
    private final int limit;
    private final Deadline deadline;
    private final List<BlobKey> keys = new ArrayList<>();

    Listing(StoreFolder folder, String prefix, String after, int limit, Deadline deadline) {
        this.disk = folder.disk();
        this.root = folder.layout().root();
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
        this.deadline = deadline;
    }

    List<BlobKey> run() throws IOException {
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        if (folder.isEmpty()) {
            walk(root, "");
        } else if (isFolderOfKeys(folder.substring(0, folder.length() - 1))) {
            walk(root.resolve(folder), folder);
        }
        return keys;
    }

    /** A prefix that is no part of any key lists nothing; above all it cannot lead out of the root. */
    private static boolean isFolderOfKeys(String path) {
        return BlobKey.isKey(path) && !new BlobKey(path).isRegister();
    }

    /** Lists a folder whose keys all begin with {@code path}, which is empty or ends with the separator. */
    private void walk(Path folder, String path) throws IOException {
        for (var child : children(folder, path).entrySet()) {
            if (keys.size() == limit) {
                return;
            }
            deadline.requireTime();
            if (child.getKey().endsWith("/")) {
                walk(child.getValue(), child.getKey());
            } else {
                keys.add(new BlobKey(child.getKey()));
            }
        }
    }

    /** Returns what is in a folder by its path, a folder's with the separator at the end: that is the keys' order. */
    private NavigableMap<String, Path> children(Path folder, String path) throws IOException {
        NavigableMap<String, Path> children = new TreeMap<>();
        for (String name : names(folder)) {
            String key = path + name;
            if (!BlobKey.isKey(key) || !(mayMatch(key) || mayMatch(key + "/"))) {
                continue;
            }
            Path child = folder.resolve(name);
            Optional<String> listed = listedAs(key, child).filter(this::mayMatch);
            listed.ifPresent(as -> children.put(as, child));
        }
        return children;
    }

    private List<String> names(Path folder) throws IOException {
        try {
            return disk.names(folder);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private Optional<String> listedAs(String key, Path child) throws IOException {
        Optional<Disk.Entry> entry = disk.stat(child);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        if (new BlobKey(key).isRegister()) {
            return disk.stat(Layout.slot(child, 1)).map(first -> key);
        }
        return switch (entry.get().kind()) {
            case FILE -> Optional.of(key);
            case FOLDER -> Optional.of(key + "/");
            case OTHER -> Optional.empty();
        };
    }

    /** Returns whether a key, or any key in a folder, can be one that was asked for. */
    private boolean mayMatch(String path) {
        boolean folder = path.endsWith("/");
        boolean inPrefix = path.startsWith(prefix) || (folder && prefix.startsWith(path));
        boolean inRange = path.compareTo(after) > 0 || (folder && after.startsWith(path));
        return inPrefix && inRange;
    }
}
