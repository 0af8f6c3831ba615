package dev.recsys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recsys.artifact.ArtifactType;
import dev.recsys.store.BlobKey;
import dev.recsys.store.BlobVersion;
import dev.recsys.store.Sha256;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamesTest {
    static List<Supplier<Object>> names() {
        return List.of(
                () -> new Scope("acme", "home"),
                () -> new Scope("acme", "cart"),
                () -> new Scope("acorn", "home"),
                () -> new ArtifactType("cooc"),
                () -> new ArtifactType("popularity"),
                () -> new BlobKey("acme/home"),
                () -> new BlobKey("acme/cart"),
                () -> new BlobVersion("1"),
                () -> new BlobVersion("2"),
                () -> Sha256.of(new byte[0]),
                () -> Sha256.of(new byte[1]));
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameEqualsThoseThatSayTheSameAndNoOther(Supplier<Object> name) {
        assertThat(name.get()).isEqualTo(name.get()).hasSameHashCodeAs(name.get());
        assertThat(names().stream().map(Supplier::get).filter(name.get()::equals))
                .hasSize(1);
        assertThat(Set.of(name.get())).contains(name.get());
    }
}
