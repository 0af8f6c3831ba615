package dev.recsys.serve;

import static dev.recsys.publish.Builds.SCOPE;
import static dev.recsys.serve.TamperedShop.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.DamagedException;
import dev.recsys.NotFoundException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.internal.pointer.ScopeKeys;
import dev.recsys.publish.RollbackRequest;
import dev.recsys.store.BlobKey;
import dev.recsys.store.Sha256;
import dev.recsys.testkit.Fault;
import dev.recsys.testkit.StoreCall;
import dev.recsys.trust.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Entries of the history, and handles, changed by one who may write to the store or hand a handle to an operator. */
class TamperedHistoryTest {
    private static TamperedShop.Shelf shelf;

    @BeforeAll
    static void fillShelf(@TempDir Path directory) {
        shelf = new TamperedShop.Shelf(directory);
    }

    /** One way to tamper with the entry of revision 1; the text is its name. */
    record Case(String name, boolean signed, Function<TamperedShop, byte[]> entry) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> entries() {
        return Stream.of(
                new Case("an entry that is empty", false, shop -> new byte[0]),
                new Case("an entry that was cut", false, shop -> Arrays.copyOf(shop.history(1), 900)),
                new Case("the entry of another revision", false, shop -> shop.history(2)),
                new Case("the current pointer as an old entry", false, TamperedShop::current),
                new Case(
                        "another tenant's pointer as an entry", false, shop -> shop.current(TamperedShop.OTHER_TENANT)),
                new Case(
                        "an entry without a signature",
                        true,
                        shop -> withSignatures(shop.history(1), array -> array.removeAll())),
                new Case("an entry with a stranger's signature", true, shop -> {
                    byte[] payload = TamperedShop.bytes(TamperedShop.payload(shop.history(1)));
                    return withSignatures(shop.history(1), array -> sign(array.removeAll(), STRANGER, payload));
                }));
    }

    private static byte[] withSignatures(byte[] envelope, Consumer<ArrayNode> change) {
        ObjectNode json = TamperedShop.json(envelope);
        change.accept((ArrayNode) json.path("signatures"));
        return TamperedShop.bytes(json);
    }

    private static void sign(ArrayNode signatures, SigningKey key, byte[] payload) {
        signatures
                .addObject()
                .put("key_id", key.id())
                .put("sig", Base64.getEncoder().encodeToString(key.sign(payload)));
    }

    private static BlobKey first() {
        return ScopeKeys.history(SCOPE, 1, 1);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void isNotRolledBackToNorComparedWithAndIsReported(Case tampered) {
        try (TamperedShop shop = TamperedShop.open(shelf, tampered.signed())) {
            shop.replace(first(), tampered.entry().apply(shop));
            Map<BlobKey, Sha256> before = shop.objects();

            assertThatThrownBy(() -> shop.publisher.rollback(
                            RollbackRequest.of(SCOPE, "a rollback").to(1)))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining(first().path());
            assertThatThrownBy(() -> shop.publisher.diff("acme", "home", 1, 3)).isInstanceOf(DamagedException.class);
            assertThat(shop.objects()).isEqualTo(before);
            assertThat(shop.publisher.verify("acme", "home").damages())
                    .anyMatch(damage -> damage.object().equals(first().path()));
            assertThat(shop.polled().revision().orElseThrow().release()).isEqualTo(3);
        }
    }

    @Test
    void anEntryThatIsMissingIsNoReleaseAndIsReported() {
        try (TamperedShop shop = TamperedShop.open(shelf, true)) {
            shop.remove(first());

            assertThatThrownBy(() -> shop.publisher.rollback(
                            RollbackRequest.of(SCOPE, "a rollback").to(1)))
                    .isInstanceOf(NotFoundException.class);
            assertThat(shop.publisher.verify("acme", "home").damages())
                    .anyMatch(damage -> damage.object().equals(first().path()));
        }
    }

    @Test
    void anEntryThatWasWrittenAheadIsAForkAndNothingIsPublished() {
        try (TamperedShop shop = TamperedShop.open(shelf, false)) {
            shop.replace(
                    ScopeKeys.history(SCOPE, 1, 3),
                    shop.forged(payload -> ((ObjectNode) payload.path("op")).put("reason", "forged")));
            byte[] current = shop.current();

            assertThatThrownBy(() -> shop.ship(SCOPE, 9))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("Fork detected");
            assertThat(shop.current()).isEqualTo(current);
        }
    }

    private static String unfinishedHold(TamperedShop shop) {
        shop.faulty.always(StoreCall.SWAP, Fault.REQUEST_LOST);
        OutcomeUnknownException unknown = catchThrowableOfType(
                OutcomeUnknownException.class, () -> shop.publisher.hold("acme", "home", "a hold", Optional.empty()));
        shop.faulty.heal();
        return unknown.handle();
    }

    private static String changed(String handle, Consumer<ObjectNode> change) {
        ObjectNode json = TamperedShop.json(gunzip(Base64.getUrlDecoder().decode(handle.substring(8))));
        change.accept(json);
        return handle(TamperedShop.bytes(json));
    }

    private static String handle(byte[] json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "recsys1." + Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    private static byte[] gunzip(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void assertRefused(TamperedShop shop, String handle, Class<? extends Throwable> type) {
        Map<BlobKey, Sha256> before = shop.objects();
        assertThatThrownBy(() -> shop.publisher.resume(handle)).isInstanceOf(type);
        assertThatThrownBy(() -> shop.publisher.abort(handle, "never")).isInstanceOf(type);
        assertThat(shop.objects()).isEqualTo(before);
    }

    @Test
    void aHandleThatIsADecompressionBombIsRefused() {
        try (TamperedShop shop = TamperedShop.open(shelf, false)) {
            assertRefused(shop, handle(new byte[256 << 20]), IllegalArgumentException.class);
        }
    }

    @Test
    void aHandleThatWasCutIsRefused() {
        try (TamperedShop shop = TamperedShop.open(shelf, false)) {
            String handle = unfinishedHold(shop);

            assertRefused(shop, handle.substring(0, handle.length() / 2), IllegalArgumentException.class);
        }
    }

    @Test
    void aHandleOfAnotherScopeIsRefused() {
        try (TamperedShop shop = TamperedShop.open(shelf, false)) {
            String handle = changed(unfinishedHold(shop), json -> json.put("tenant", "other"));

            assertRefused(shop, handle, IllegalArgumentException.class);
        }
    }

    @Test
    void aHandleWithoutATrustedSignatureIsRefusedWhereSignaturesAreAskedFor() {
        try (TamperedShop shop = TamperedShop.open(shelf, true)) {
            String good = unfinishedHold(shop);
            byte[] body = Base64.getDecoder()
                    .decode(TamperedShop.json(gunzip(Base64.getUrlDecoder().decode(good.substring(8))))
                            .path("body")
                            .textValue());
            byte[] stripped = withSignatures(body, array -> array.removeAll());

            assertRefused(shop, changed(good, json -> json.put("body", base64(stripped))), DamagedException.class);
            assertThat(shop.publisher.resume(good).revision().hold()).isPresent();
        }
    }

    @Test
    void aHandleThatBringsAnOldSignedRevisionBackIsRefused() {
        try (TamperedShop shop = TamperedShop.open(shelf, true)) {
            String handle = changed(unfinishedHold(shop), json -> json.put("body", base64(shop.history(2))));

            assertRefused(shop, handle, DamagedException.class);
        }
    }
}
