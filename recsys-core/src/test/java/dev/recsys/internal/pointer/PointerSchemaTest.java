package dev.recsys.internal.pointer;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.publish.Build;
import dev.recsys.publish.Builds;
import dev.recsys.publish.ManifestPublisher;
import dev.recsys.publish.Publishers;
import dev.recsys.publish.ShipRequest;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.FaultyBlobStore;
import dev.recsys.testkit.MemoryBlobStore;
import dev.recsys.testkit.StoreCall;
import dev.recsys.trust.Keys;
import dev.recsys.trust.TrustList;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas in {@code docs/schema} describe what is really written. */
class PointerSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMAS = Path.of("..", "docs", "schema");
    private static final JsonSchema POINTER = schema("pointer-v1.schema.json");
    private static final JsonSchema ENVELOPE = schema("envelope-v1.schema.json");
    private static final JsonSchema BUILD = schema("build-v1.schema.json");

    private final FakeClock clock = FakeClock.at("2026-02-01T00:00:00Z");
    private final FaultyBlobStore store = FaultyBlobStore.over(MemoryBlobStore.open());
    private final ManifestPublisher publisher = new Publishers(clock).over(store, "test");

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void setUp() {
        builds = new Builds(directory);
    }

    private static JsonSchema schema(String file) {
        try (InputStream in = Files.newInputStream(SCHEMAS.resolve(file))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode payload(StoredPointer stored) {
        try {
            return JSON.readTree(Envelope.unwrap(TrustList.ANYONE, "test", stored.bytes()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private PointerReads reads() {
        return new PointerReads(store, TrustList.ANYONE, Duration.ofSeconds(1));
    }

    /** The payload of every revision by the kind of its operation. */
    private Map<String, JsonNode> revisions() {
        PointerReads reads = reads();
        Map<String, JsonNode> byKind = new LinkedHashMap<>();
        StoredPointer current = reads.current(SCOPE).orElseThrow();
        for (long seq = 1; seq < current.pointer().seq(); seq++) {
            StoredPointer past = reads.history(SCOPE, 1, seq).orElseThrow();
            byKind.put(past.pointer().operation().kind(), payload(past));
        }
        byKind.put(current.pointer().operation().kind(), payload(current));
        return byKind;
    }

    private void everyKindOfOperation() {
        publisher.createSurface("acme", "home", "new shop");
        publisher.ship("acme", "home", builds.both(10, 1), "first");
        publisher.hold("acme", "home", "a sale", Optional.of(clock.instant().plusSeconds(60)));
        publisher.unhold("acme", "home", "the sale is over");
        publisher.ship("acme", "home", builds.both(10, 2), "second");
        store.always(StoreCall.SWAP, Fault.REQUEST_LOST);
        OutcomeUnknownException unknown = catchThrowableOfType(
                OutcomeUnknownException.class, () -> publisher.hold("acme", "home", "lost", Optional.empty()));
        store.heal();
        publisher.abort(unknown.handle(), "never mind");
        publisher.rollback("acme", "home", "it was bad");
    }

    private static void assertValid(JsonSchema schema, JsonNode document) {
        assertThat(schema.validate(document)).isEmpty();
    }

    @Test
    void theSchemasAreThemselvesValid() throws IOException {
        JsonSchema meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"));
        for (String file : List.of("pointer-v1.schema.json", "envelope-v1.schema.json", "build-v1.schema.json")) {
            assertValid(meta, JSON.readTree(SCHEMAS.resolve(file).toFile()));
        }
    }

    @Test
    void theRevisionOfEveryKindOfOperationIsValid() {
        everyKindOfOperation();

        assertThat(revisions()).containsOnlyKeys("create", "ship", "hold", "unhold", "fence", "rollback");
        revisions().values().forEach(payload -> assertValid(POINTER, payload));
        JsonNode rollback = payload(reads().current(SCOPE).orElseThrow());
        assertThat(rollback.path("quarantined")).hasSize(2);
        assertThat(rollback.has("hold")).isTrue();
    }

    @Test
    void aReleaseThatWasForcedToBeEmptyIsValid() {
        Build empty = builds.write(SCOPE, clock.instant(), build -> {});
        publisher.ship(ShipRequest.of(SCOPE, empty, "forced").createSurface().overrideAll());

        revisions().values().forEach(payload -> assertValid(POINTER, payload));
    }

    @Test
    void aPointerWithEveryFieldIsValid() throws IOException {
        assertValid(POINTER, JSON.readTree(PointerCodec.payload(Pointers.full())));
    }

    @Test
    void everyFieldOfASignedEnvelopeIsDescribedAndValid() throws IOException {
        byte[] signed = PointerCodec.encode(Pointers.full(), List.of(Keys.fresh(), Keys.fresh()));
        JsonNode envelope = JSON.readTree(signed);
        JsonNode schema =
                JSON.readTree(SCHEMAS.resolve("envelope-v1.schema.json").toFile());

        assertValid(ENVELOPE, envelope);
        assertValid(ENVELOPE, JSON.readTree(PointerCodec.encode(Pointers.full())));
        assertThat(envelope.path("signatures")).hasSize(2);
        assertThat(undescribed(schema, schema, envelope, "")).isEmpty();
        assertThat(ENVELOPE.validate(((ObjectNode) envelope).put("signatures", "none")))
                .isNotEmpty();
    }

    @Test
    void theExampleInTheDocumentIsValidAndReadable() throws IOException {
        String document = Files.readString(SCHEMAS.resolveSibling("format.md"));
        int start = document.indexOf("```json\n") + "```json\n".length();
        String example = document.substring(start, document.indexOf("```", start));

        assertValid(POINTER, JSON.readTree(example));
        assertThat(Pointers.decode(Pointers.wrapped(example)).release()).isEqualTo(2);
    }

    @Test
    void everyFieldThatIsWrittenIsDescribed() throws IOException {
        JsonNode schema =
                JSON.readTree(SCHEMAS.resolve("pointer-v1.schema.json").toFile());

        assertThat(undescribed(schema, schema, JSON.readTree(PointerCodec.payload(Pointers.full())), ""))
                .isEmpty();
    }

    @Test
    void everyFieldOfABuildIsDescribedAndValid() throws IOException {
        JsonNode schema = JSON.readTree(SCHEMAS.resolve("build-v1.schema.json").toFile());
        JsonNode build = JSON.readTree(builds.both(10, 1)
                .artifacts()
                .values()
                .iterator()
                .next()
                .file()
                .resolveSibling("build.json")
                .toFile());

        assertValid(BUILD, build);
        assertThat(undescribed(schema, schema, build, "")).isEmpty();
        assertThat(BUILD.validate(((ObjectNode) build).without("tenant"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/parent",
                "/op",
                "/manifest",
                "/manifest/window",
                "/manifest/artifacts/cooc",
                "/manifest/artifacts/cooc/window",
                "/hold",
                "/retained",
                "/retained/also/0"
            })
    void aPayloadWithoutAFieldIsNotValid(String path) throws IOException {
        Set<String> optional = Set.of("hold", "until", "counts");
        List<String> fields = new ArrayList<>();
        fullPayload().at(path).fieldNames().forEachRemaining(fields::add);
        for (String field : fields) {
            JsonNode payload = fullPayload();
            ((ObjectNode) payload.at(path)).remove(field);
            boolean mayBeMissing = optional.contains(field);
            assertThat(POINTER.validate(payload).isEmpty())
                    .as(path + "/" + field)
                    .isEqualTo(mayBeMissing);
        }
    }

    static Stream<Consumer<ObjectNode>> wrongPayloads() {
        return Stream.of(
                payload -> payload.put("format", 2),
                payload -> payload.put("seq", 0),
                payload -> payload.put("seq", "9"),
                payload -> payload.put("seq", 1),
                payload -> payload.put("tenant", "../acme"),
                payload -> payload.put("tx", ""),
                payload -> payload.put("swapped_at", "2026-02-01"),
                payload -> payload.put("release", -1),
                payload -> payload.putArray("quarantined").add("ABC"),
                payload -> payload.put("collector_run", 0.5),
                payload -> ((ObjectNode) payload.path("op")).put("kind", "Ship it"),
                payload -> ((ObjectNode) payload.at("/manifest/artifacts")).putObject("Cooc"),
                payload -> ((ObjectNode) payload.at("/manifest/artifacts/cooc")).put("key", "/etc/passwd"),
                payload -> ((ObjectNode) payload.at("/manifest/artifacts/cooc")).put("bytes", 0),
                payload -> ((ObjectNode) payload.at("/manifest/evidence")).put("events", 12));
    }

    @ParameterizedTest
    @MethodSource("wrongPayloads")
    void aPayloadWithAWrongFieldIsNotValid(Consumer<ObjectNode> change) throws IOException {
        ObjectNode payload = fullPayload();
        change.accept(payload);

        Set<ValidationMessage> messages = POINTER.validate(payload);

        assertThat(messages).isNotEmpty();
    }

    private static ObjectNode fullPayload() throws IOException {
        return (ObjectNode) JSON.readTree(PointerCodec.payload(Pointers.full()));
    }

    /** Returns the paths of fields for which a schema has no description. */
    private static List<String> undescribed(JsonNode root, JsonNode schema, JsonNode value, String path) {
        JsonNode resolved = resolved(root, schema);
        List<String> missing = new ArrayList<>();
        value.properties().forEach(field -> {
            JsonNode described =
                    resolved.path("properties").path(field.getKey()).isMissingNode()
                            ? resolved.path("additionalProperties")
                            : resolved.path("properties").path(field.getKey());
            String at = path + "/" + field.getKey();
            if (described.isMissingNode()) {
                missing.add(at);
            }
            missing.addAll(undescribed(root, described, field.getValue(), at));
        });
        value.elements().forEachRemaining(element -> {
            if (value.isArray()) {
                missing.addAll(undescribed(root, resolved.path("items"), element, path + "[]"));
            }
        });
        return missing;
    }

    private static JsonNode resolved(JsonNode root, JsonNode schema) {
        String ref = schema.path("$ref").asText();
        return ref.isEmpty() ? schema : resolved(root, root.at(ref.substring(1)));
    }
}
