package dev.recsys.proofs.wire;

import dev.recsys.proofs.GroundTruth;
import dev.recsys.store.BlobStore;
import dev.recsys.store.gcs.GcsBlobStore;
import dev.recsys.store.s3.S3BlobStore;
import dev.recsys.testserver.FaultyProxy;
import dev.recsys.testserver.WireRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * A test server of a cloud in this process, how the real client of that cloud is pointed at it, and what is really in it:
 * told by the server itself, past the protocol.
 */
public interface Cloud extends GroundTruth, AutoCloseable {
    /** The clouds that there are stores for. */
    enum Kind {
        /** Amazon S3. */
        S3 {
            @Override
            public Cloud start() {
                return new S3Cloud();
            }
        },
        /** Google Cloud Storage. */
        GCS {
            @Override
            public Cloud start() {
                return GcsCloud.startAny();
            }
        };

        /** Starts an empty server. */
        public abstract Cloud start();

        /** Reads {@code s3}, {@code gcs} or {@code both}. */
        public static List<Kind> parse(String name) {
            return switch (name) {
                case "s3" -> List.of(S3);
                case "gcs" -> List.of(GCS);
                case "both" -> List.of(S3, GCS);
                default -> throw new IllegalArgumentException("'" + name + "' is no store; expected s3, gcs or both");
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns where the server is. */
    URI endpoint();

    /** Puts a wire before the server. */
    FaultyProxy newWire();

    /** Returns the URI by which the store is opened, with the server or a wire as its endpoint. */
    URI addressAt(URI endpoint);

    /** Opens the store with the server or a wire as its endpoint. */
    default BlobStore open(URI endpoint) {
        return openAt(addressAt(endpoint));
    }

    /** Opens the store at a URI, as everybody does. */
    static BlobStore openAt(URI address) {
        return switch (address.getScheme()) {
            case "s3" -> S3BlobStore.at(address);
            case "gs" -> GcsBlobStore.at(address);
            default -> throw new IllegalArgumentException(address + " is not the address of a store of a cloud");
        };
    }

    /** Returns what a request asks for. */
    WireCall callOf(WireRequest request);

    /** Stops the server. */
    @Override
    void close();
}
