package dev.recsys.store.fs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that, when the power goes, keeps what was synced and any part of the rest: of every file's content
 * and of every folder's names. It goes through names in the order in which they were made, so that a seed decides what is
 * kept although temporary names are random.
 */
final class SimulatedDisk implements Disk {
    /** What a disk may pretend to have made durable. */
    enum Lie {
        FILE_SYNC,
        FOLDER_SYNC
    }

    /** The end of a process, or of all of them: an error, so that nothing tidies up. */
    static final class Died extends Error {
        Died(String message) {
            super(message);
        }
    }

    private interface Node {}

    private static final class FileNode implements Node {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private byte[] durable = new byte[0];
        private int links = 1;
    }

    private static final class FolderNode implements Node {
        private final Map<String, Node> names = new LinkedHashMap<>();
        private final Map<String, Node> durable = new LinkedHashMap<>();
    }

    private final FolderNode top = new FolderNode();
    private final Set<Lie> lies;
    private int operationsLeft = Integer.MAX_VALUE;

    SimulatedDisk(Set<Lie> lies) {
        this.lies = lies;
    }

    static SimulatedDisk honest() {
        return new SimulatedDisk(EnumSet.noneOf(Lie.class));
    }

    /** Lets the process that makes the k-th operation from now die before it; the disk works on for others. */
    synchronized void dieAfter(int operations) {
        operationsLeft = operations;
    }

    /** Cuts the power and starts again; {@code keeps} is asked for everything that was not synced. */
    synchronized void losePower(BooleanSupplier keeps) {
        operationsLeft = Integer.MAX_VALUE;
        losePower(top, keeps);
    }

    private static void losePower(FolderNode folder, BooleanSupplier keeps) {
        Set<String> touched = new LinkedHashSet<>(folder.names.keySet());
        touched.addAll(folder.durable.keySet());
        for (String name : touched) {
            if (folder.names.get(name) != folder.durable.get(name) && !keeps.getAsBoolean()) {
                put(folder.names, name, folder.durable.get(name));
            }
        }
        folder.durable.clear();
        folder.durable.putAll(folder.names);
        for (Node node : folder.names.values()) {
            if (node instanceof FolderNode below) {
                losePower(below, keeps);
            } else if (node instanceof FileNode file) {
                losePower(file, keeps);
            }
        }
    }

    private static void put(Map<String, Node> names, String name, @Nullable Node node) {
        if (node == null) {
            names.remove(name);
        } else {
            names.put(name, node);
        }
    }

    /** What was not synced of a file is there, or zeroes in its place, or missing. */
    private static void losePower(FileNode file, BooleanSupplier keeps) {
        byte[] now = file.content.toByteArray();
        if (now.length == file.durable.length || keeps.getAsBoolean()) {
            file.durable = now;
            return;
        }
        byte[] left = Arrays.copyOf(file.durable, keeps.getAsBoolean() ? now.length : file.durable.length);
        file.content.reset();
        file.content.writeBytes(left);
        file.durable = left;
    }

    private void tick() {
        if (operationsLeft == 0) {
            operationsLeft = Integer.MAX_VALUE;
            throw new Died("the process dies before this operation");
        }
        operationsLeft--;
    }

    private Optional<Node> find(Path path) {
        Node node = top;
        for (Path name : path) {
            Node next = node instanceof FolderNode folder ? folder.names.get(name.toString()) : null;
            if (next == null) {
                return Optional.empty();
            }
            node = next;
        }
        return Optional.of(node);
    }

    private FolderNode folder(Path path) throws NoSuchFileException {
        if (find(path).orElse(null) instanceof FolderNode folder) {
            return folder;
        }
        throw new NoSuchFileException(path.toString());
    }

    private FileNode file(Path path) throws NoSuchFileException {
        if (find(path).orElse(null) instanceof FileNode file) {
            return file;
        }
        throw new NoSuchFileException(path.toString());
    }

    private FolderNode parentForNew(Path path) throws NoSuchFileException, FileAlreadyExistsException {
        FolderNode parent = folder(path.resolve("..").normalize());
        if (parent.names.containsKey(nameOf(path))) {
            throw new FileAlreadyExistsException(path.toString());
        }
        return parent;
    }

    private static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    @Override
    public synchronized Optional<Entry> stat(Path path) {
        return find(path)
                .map(node -> node instanceof FileNode file
                        ? new Entry(Kind.FILE, file.content.size())
                        : new Entry(Kind.FOLDER, 0));
    }

    @Override
    public synchronized InputStream open(Path path) throws NoSuchFileException {
        return new ByteArrayInputStream(file(path).content.toByteArray());
    }

    @Override
    public synchronized NewFile create(Path path) throws NoSuchFileException, FileAlreadyExistsException {
        tick();
        FileNode file = new FileNode();
        parentForNew(path).names.put(nameOf(path), file);
        return new NewFile() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                synchronized (SimulatedDisk.this) {
                    tick();
                    file.content.write(bytes, offset, length);
                }
            }

            @Override
            public void sync() {
                synchronized (SimulatedDisk.this) {
                    tick();
                    if (!lies.contains(Lie.FILE_SYNC)) {
                        file.durable = file.content.toByteArray();
                    }
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized void link(Path newName, Path path) throws NoSuchFileException, FileAlreadyExistsException {
        tick();
        FileNode file = file(path);
        parentForNew(newName).names.put(nameOf(newName), file);
        file.links++;
    }

    @Override
    public synchronized boolean isLinked(Path path, Path secondName) throws NoSuchFileException {
        return file(path).links > 1;
    }

    @Override
    public synchronized void createFolder(Path path) throws NoSuchFileException, FileAlreadyExistsException {
        tick();
        parentForNew(path).names.put(nameOf(path), new FolderNode());
    }

    @Override
    public synchronized void syncFolder(Path path) throws NoSuchFileException {
        tick();
        FolderNode folder = folder(path);
        if (!lies.contains(Lie.FOLDER_SYNC)) {
            folder.durable.clear();
            folder.durable.putAll(folder.names);
        }
    }

    @Override
    public synchronized List<String> names(Path path) throws NoSuchFileException {
        return List.copyOf(folder(path).names.keySet());
    }

    /** Nothing ever grows old here. */
    @Override
    public Instant modifiedAt(Path path) {
        return Instant.EPOCH;
    }

    @Override
    public synchronized void delete(Path path) throws NoSuchFileException {
        tick();
        Node removed = folder(path.resolve("..").normalize()).names.remove(nameOf(path));
        if (removed == null) {
            throw new NoSuchFileException(path.toString());
        }
        if (removed instanceof FileNode file) {
            file.links--;
        }
    }
}
