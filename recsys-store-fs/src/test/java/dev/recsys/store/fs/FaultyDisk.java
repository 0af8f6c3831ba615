package dev.recsys.store.fs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A disk whose operations fail where a test says so. */
class FaultyDisk implements Disk {
    private final Disk disk;
    private final List<Failure> failures = new ArrayList<>();
    private volatile Optional<IOException> everyOperation = Optional.empty();
    private volatile boolean readOnly;
    private volatile boolean shortRead;
    private volatile boolean linked;
    private volatile boolean vanishes;

    /** The operations that can be told to fail. */
    enum Step {
        WRITE,
        SYNC_FILE,
        LINK,
        LINK_AND_LOSE_REPLY,
        IS_LINKED,
        SYNC_FOLDER_AFTER_LINK,
        CREATE_FOLDER
    }

    private record Failure(Step step, IOException error) {}

    FaultyDisk(Disk disk) {
        this.disk = disk;
    }

    /** Lets the next operation of a kind fail. */
    synchronized void failNext(Step step, IOException error) {
        failures.add(new Failure(step, error));
    }

    void failAlways(IOException error) {
        everyOperation = Optional.of(error);
    }

    /** Lets everything that writes fail, as on a read-only mount. */
    void becomeReadOnly() {
        readOnly = true;
    }

    void recover() {
        everyOperation = Optional.empty();
    }

    /** Lets the next file that is about to be linked be deleted just before. */
    void vanishBeforeNextLink() {
        vanishes = true;
    }

    void shortenNextRead() {
        shortRead = true;
    }

    private synchronized void meet(Step step) throws IOException {
        Optional<Failure> due =
                failures.stream().filter(failure -> failure.step() == step).findFirst();
        if (due.isPresent()) {
            failures.remove(due.get());
            throw due.get().error();
        }
    }

    private Disk writable(Path path) throws IOException {
        if (readOnly) {
            throw new FileSystemException(path.toString(), null, "Read-only file system");
        }
        return reached();
    }

    private Disk reached() throws IOException {
        if (everyOperation.isPresent()) {
            throw everyOperation.get();
        }
        return disk;
    }

    @Override
    public Optional<Entry> stat(Path path) throws IOException {
        return reached().stat(path);
    }

    @Override
    public InputStream open(Path file) throws IOException {
        InputStream in = reached().open(file);
        if (shortRead && !file.getFileName().toString().startsWith(".")) {
            shortRead = false;
            byte[] bytes = in.readAllBytes();
            return new ByteArrayInputStream(bytes, 0, bytes.length - 1);
        }
        return in;
    }

    @Override
    public NewFile create(Path file) throws IOException {
        NewFile created = writable(file).create(file);
        return new NewFile() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                meet(Step.WRITE);
                created.write(bytes, offset, length);
            }

            @Override
            public void sync() throws IOException {
                meet(Step.SYNC_FILE);
                created.sync();
            }

            @Override
            public void close() throws IOException {
                created.close();
            }
        };
    }

    @Override
    public void link(Path newName, Path file) throws IOException {
        meet(Step.LINK);
        if (vanishes) {
            vanishes = false;
            disk.delete(file);
        }
        writable(newName).link(newName, file);
        meet(Step.LINK_AND_LOSE_REPLY);
        linked = true;
    }

    @Override
    public boolean isLinked(Path file, Path secondName) throws IOException {
        meet(Step.IS_LINKED);
        return reached().isLinked(file, secondName);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        meet(Step.CREATE_FOLDER);
        writable(folder).createFolder(folder);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        if (linked) {
            linked = false;
            meet(Step.SYNC_FOLDER_AFTER_LINK);
        }
        reached().syncFolder(folder);
    }

    @Override
    public List<String> names(Path folder) throws IOException {
        return reached().names(folder);
    }

    @Override
    public Instant modifiedAt(Path path) throws IOException {
        return reached().modifiedAt(path);
    }

    @Override
    public void delete(Path path) throws IOException {
        writable(path).delete(path);
    }
}
