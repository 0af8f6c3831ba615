package dev.recsys.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recsys.ConflictException;
import dev.recsys.Scope;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.Rule;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Versioned;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryControlsTest {
    private static final Scope HOME = new Scope("acme", "home");

    private final InMemoryControls controls = InMemoryControls.create();

    @Test
    void aValueIsReplacedOnlyWhereTheVersionIsStillInForce() {
        String first = controls.putConfig(HOME, RankingConfig.DEFAULT.withK(5));
        String second = controls.putConfig(HOME, RankingConfig.DEFAULT.withK(6), first);

        assertThatThrownBy(() -> controls.putConfig(HOME, RankingConfig.DEFAULT.withK(7), first))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("acme/home")
                .hasMessageContaining("expected version " + first)
                .hasMessageContaining("found " + second);
        assertThat(controls.configs().current(HOME).value().k()).isEqualTo(6);
    }

    @Test
    void theFirstOfAPlaceReplacesWhatItsReadersSawBefore() {
        String forAll = controls.rules().current(HOME).version();
        RuleSet rules = new RuleSet(List.of(Rule.pin("a", "x", 1)));

        String version = controls.putRules(HOME, rules, forAll);

        assertThat(controls.rules().current(HOME)).isEqualTo(new Versioned<>(version, rules));
        assertThatThrownBy(() -> controls.putRules(HOME, RuleSet.NONE, forAll)).isInstanceOf(ConflictException.class);
    }

    @Test
    void anUpsertReplacesTheItemsWithTheSameIdsAndKeepsTheOthers() {
        controls.putItems("acme", List.of(ItemAttributes.of("b").withPrice(1), ItemAttributes.of("c")));

        String version =
                controls.upsertItems("acme", List.of(ItemAttributes.of("b").withPrice(2), ItemAttributes.of("a")));

        List<ItemAttributes> all =
                List.of(ItemAttributes.of("a"), ItemAttributes.of("b").withPrice(2), ItemAttributes.of("c"));
        assertThat(controls.items().current(HOME).value()).isEqualTo(all);
        assertThat(version).isEqualTo(ItemAttributesDocument.etag(all));
    }

    @Test
    void anItemThatIsThereTwiceIsRefused() {
        List<ItemAttributes> twice = List.of(ItemAttributes.of("a"), ItemAttributes.of("a"));

        assertThatThrownBy(() -> controls.putItems("acme", twice)).hasMessageContaining("two items have the id 'a'");
        assertThatThrownBy(() -> controls.upsertItems("acme", twice)).hasMessageContaining("two items have the id 'a'");
    }

    @Test
    void theLastThousandVersionsOfAPlaceAreKept() {
        String first = controls.putConfig(HOME, RankingConfig.DEFAULT.withPopularityHead(1));
        String second = controls.putConfig(HOME, RankingConfig.DEFAULT.withPopularityHead(2));
        for (int i = 3; i <= InMemoryControls.KEPT + 1; i++) {
            controls.putConfig(HOME, RankingConfig.DEFAULT.withPopularityHead(i));
        }

        assertThat(controls.configs().version(HOME, first)).isEmpty();
        assertThat(controls.configs().version(HOME, second)).hasValue(RankingConfig.DEFAULT.withPopularityHead(2));
    }

    @Test
    void aTenantsNameIsChecked() {
        assertThatThrownBy(() -> controls.putConfig("../acme", RankingConfig.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
