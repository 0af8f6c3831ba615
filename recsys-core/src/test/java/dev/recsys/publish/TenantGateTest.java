package dev.recsys.publish;

import static dev.recsys.publish.Builds.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recsys.RefusedException;
import dev.recsys.Scope;
import dev.recsys.artifact.Release;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemTags;
import dev.recsys.control.Rules;
import dev.recsys.control.Tenant;
import dev.recsys.control.Tenant.Serving;
import dev.recsys.control.Tenant.Status;
import dev.recsys.control.TenantConfigs;
import dev.recsys.control.Tenants;
import dev.recsys.controls.InMemoryControls;
import dev.recsys.testkit.FakeClock;
import dev.recsys.testkit.MemoryBlobStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantGateTest {
    private static final Tenant SUSPENDED = new Tenant(Status.SUSPENDED, Serving.ARTIFACTS);

    private final Publishers publishers = new Publishers(FakeClock.at("2026-02-01T00:00:00Z"));
    private final MemoryBlobStore store = MemoryBlobStore.open();
    private final InMemoryControls controls = InMemoryControls.create();
    private ManifestPublisher publisher = gated(controls);

    @TempDir
    private Path directory;

    private Builds builds;

    @BeforeEach
    void shipTwice() {
        builds = new Builds(directory);
        ship(1);
        ship(2);
    }

    private ManifestPublisher gated(Controls by) {
        return publishers.builder(store, "test").listener(TenantGate.over(by)).build();
    }

    private Release ship(int salt) {
        return publisher.ship(
                ShipRequest.of(SCOPE, builds.both(10, salt), "ship " + salt).createSurface());
    }

    @Test
    void whatIsNewToASuspendedTenantIsRefusedByTheGateOfThatName() {
        controls.putTenant("acme", SUSPENDED);

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> ship(3));

        assertThat(refused.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.gate()).isEqualTo("tenant");
            assertThat(refusal.detail()).startsWith("tenant acme is suspended").contains("Activate the tenant first");
        });
        assertThatThrownBy(() -> publisher.createSurface("acme", "cart", "new")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> publisher.promote(PromoteRequest.from(MemoryBlobStore.open(), SCOPE, "tested")))
                .isInstanceOf(RefusedException.class);
        assertThat(publisher.current("acme", "home").release()).isEqualTo(2);
    }

    @Test
    void whoOverridesAllGatesIsRefusedAllTheSame() {
        controls.putTenant("acme", SUSPENDED);

        assertThatThrownBy(() -> publisher.ship(
                        ShipRequest.of(SCOPE, builds.both(10, 3), "now").overrideAll()))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void whoeverIsOnCallMayGoBackAndHoldAndTidyUp() {
        controls.putTenant("acme", SUSPENDED);

        assertThat(publisher.rollback("acme", "home", "bad").id()).isEqualTo(1);
        publisher.unhold("acme", "home", "looked");
        publisher.hold("acme", "home", "look", Optional.empty());
        publisher.pin("acme", "home", 2, "to look at");
        publisher.unpin("acme", "home", 2, "looked at");
        publisher.collect(CollectRequest.of(SCOPE, "tidy"));
        publisher.newEpoch("acme", "home", "restored");
    }

    @Test
    void aTenantThatIsActiveAgainAndOtherTenantsAreShippedTo() {
        controls.putTenant("acme", SUSPENDED);
        publisher.createSurface("other", "home", "new");
        controls.putTenant("acme", Tenant.ACTIVE);

        assertThat(ship(3).id()).isEqualTo(3);
    }

    @Test
    void theControlPlaneLooksBeforeItIsAsked() {
        publisher = gated(new Failing(controls, false) {
            @Override
            public void prepare(Scope scope) {
                controls.putTenant(scope.tenant(), SUSPENDED);
            }

            @Override
            public Optional<String> problem(Scope scope) {
                return Optional.empty();
            }
        });

        assertThatThrownBy(() -> ship(3)).isInstanceOf(RefusedException.class);
    }

    @Test
    void aControlPlaneThatIsAwayKeepsNobodyFromShipping() {
        publisher = gated(new Failing(controls, true));

        assertThat(ship(3).id()).isEqualTo(3);
    }

    /** Controls that cannot be had, or be prepared otherwise. */
    private static class Failing implements Controls {
        private final InMemoryControls controls;
        private final boolean fails;

        Failing(InMemoryControls controls, boolean fails) {
            this.controls = controls;
            this.fails = fails;
        }

        @Override
        public TenantConfigs configs() {
            return controls.configs();
        }

        @Override
        public Rules rules() {
            return controls.rules();
        }

        @Override
        public ItemTags items() {
            return controls.items();
        }

        @Override
        public Tenants tenants() {
            return scope -> {
                requireThere();
                return controls.tenants().current(scope);
            };
        }

        @Override
        public void prepare(Scope scope) {
            requireThere();
        }

        @Override
        public Optional<String> problem(Scope scope) {
            return Optional.empty();
        }

        private void requireThere() {
            if (fails) {
                throw new IllegalStateException("away");
            }
        }
    }
}
