package dev.recsys.store.fs;

import static dev.recsys.store.fs.Stores.BLOB;
import static dev.recsys.store.fs.Stores.REGISTER;
import static dev.recsys.store.fs.Stores.put;
import static dev.recsys.store.fs.Stores.tryRead;
import static dev.recsys.store.fs.Stores.trySwap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.StoreDeniedException;
import dev.recsys.UnsafeStoreException;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.ReadResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A file system that breaks a promise is refused by the promise's name, before anything is written to the store. */
final class ProbeTest {
    private static final Path ROOT = Path.of("/store");

    private final SimulatedDisk sound = SimulatedDisk.honest();

    @Test
    void aSoundDiskIsAcceptedAndNothingIsLeftOnIt() throws IOException {
        FileBlobStore.create(ROOT, sound, System::nanoTime);

        assertThat(sound.names(ROOT)).containsExactly(".recsys-store");
    }

    @Test
    void aDiskWithoutHardLinksIsRefused() {
        refused("hard link", new Breaking(sound) {
            @Override
            public void link(Path newName, Path file) throws IOException {
                throw new FileSystemException(newName.toString(), null, "Operation not permitted");
            }
        });
    }

    @Test
    void aDiskThatDoesNotKnowLinksIsRefused() {
        refused("hard link", new Breaking(sound) {
            @Override
            public void link(Path newName, Path file) {
                throw new UnsupportedOperationException("no links here");
            }
        });
    }

    @Test
    void aDiskWhoseLinkReplacesWhatIsThereIsRefused() {
        refused("a name that is taken", new Breaking(sound) {
            @Override
            public void link(Path newName, Path file) throws IOException {
                try {
                    super.link(newName, file);
                } catch (FileAlreadyExistsException e) {
                    super.delete(newName);
                    super.link(newName, file);
                }
            }
        });
    }

    @Test
    void aDiskThatDoesNotCountLinksIsRefused() {
        refused("link count", new Breaking(sound) {
            @Override
            public boolean isLinked(Path file, Path secondName) {
                return false;
            }
        });
    }

    @Test
    void aDiskWhoseFoldersCannotBeSyncedIsRefused() {
        refused("a folder can be synced", new Breaking(sound) {
            @Override
            public void syncFolder(Path folder) throws IOException {
                if (folder.startsWith(ROOT)) {
                    throw new FileSystemException(folder.toString(), null, "Invalid argument");
                }
                super.syncFolder(folder);
            }
        });
    }

    @Test
    void aDiskThatChangesBytesIsRefused() {
        refused("byte for byte", new Breaking(sound) {
            @Override
            public InputStream open(Path file) throws IOException {
                try (InputStream in = super.open(file)) {
                    byte[] bytes = in.readAllBytes();
                    return new ByteArrayInputStream(bytes, 0, Math.max(0, bytes.length - 1));
                }
            }
        });
    }

    @Test
    void aMissingPermissionIsDeniedAndNotUnsafe() {
        Disk denying = new Breaking(sound) {
            @Override
            public void link(Path newName, Path file) throws IOException {
                throw new AccessDeniedException(newName.toString());
            }
        };

        assertThatThrownBy(() -> FileBlobStore.create(ROOT, denying, System::nanoTime))
                .isInstanceOf(StoreDeniedException.class);
    }

    @Test
    void aStoreThatWasMovedToAWorseDiskIsRefusedBeforeItsFirstWriteButCanBeRead() {
        FileBlobStore.create(ROOT, sound, System::nanoTime);
        FileBlobStore moved = FileBlobStore.at(
                ROOT,
                new Breaking(sound) {
                    @Override
                    public boolean isLinked(Path file, Path secondName) {
                        return true;
                    }
                },
                System::nanoTime);

        assertThatThrownBy(() -> trySwap(moved, BlobVersion.ABSENT, "v1")).isInstanceOf(UnsafeStoreException.class);
        assertThatThrownBy(() -> put(moved, BLOB, "b")).isInstanceOf(UnsafeStoreException.class);
        assertThat(tryRead(moved, REGISTER)).isInstanceOf(ReadResult.Absent.class);
    }

    private void refused(String rule, Disk broken) {
        assertThatThrownBy(() -> FileBlobStore.create(ROOT, broken, System::nanoTime))
                .isInstanceOf(UnsafeStoreException.class)
                .hasMessageContaining(ROOT.toString())
                .hasMessageContaining("The rule it breaks")
                .hasMessageContaining(rule);
        assertThat(sound.stat(ROOT.resolve(".recsys-store"))).isEmpty();
    }

    /** A disk of which one operation is overridden. */
    private static class Breaking implements Disk {
        private final Disk disk;

        Breaking(Disk disk) {
            this.disk = disk;
        }

        @Override
        public Optional<Entry> stat(Path path) throws IOException {
            return disk.stat(path);
        }

        @Override
        public InputStream open(Path file) throws IOException {
            return disk.open(file);
        }

        @Override
        public NewFile create(Path file) throws IOException {
            return disk.create(file);
        }

        @Override
        public void link(Path newName, Path file) throws IOException {
            disk.link(newName, file);
        }

        @Override
        public boolean isLinked(Path file, Path secondName) throws IOException {
            return disk.isLinked(file, secondName);
        }

        @Override
        public void createFolder(Path folder) throws IOException {
            disk.createFolder(folder);
        }

        @Override
        public void syncFolder(Path folder) throws IOException {
            disk.syncFolder(folder);
        }

        @Override
        public List<String> names(Path folder) throws IOException {
            return disk.names(folder);
        }

        @Override
        public Instant modifiedAt(Path path) throws IOException {
            return disk.modifiedAt(path);
        }

        @Override
        public void delete(Path path) throws IOException {
            disk.delete(path);
        }
    }
}
