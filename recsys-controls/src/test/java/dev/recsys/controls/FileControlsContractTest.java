package dev.recsys.controls;

import dev.recsys.Scope;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemAttributes;
import dev.recsys.control.RankingConfig;
import dev.recsys.control.RuleSet;
import dev.recsys.control.Tenant;
import dev.recsys.controls.InvalidDocumentException.Problem;
import dev.recsys.testkit.ControlsContract;
import dev.recsys.testkit.ControlsHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileControlsContractTest extends ControlsContract {
    private static final String NO_TENANTS = "no file says anything of a tenant: all are active";

    @TempDir
    private Path folder;

    @Override
    protected ControlsHarness newHarness() {
        FileControls controls =
                FileControls.builder(folder).executor(new ManualScheduler()).open();
        return new ControlsHarness() {
            @Override
            public Controls controls() {
                return controls;
            }

            @Override
            public void putConfig(Scope scope, RankingConfig config) throws IOException {
                write(scope.toString(), "config.json", RankingConfigDocument.write(config));
            }

            @Override
            public void putConfig(String tenant, RankingConfig config) throws IOException {
                write(tenant, "config.json", RankingConfigDocument.write(config));
            }

            @Override
            public void putRules(Scope scope, RuleSet rules) throws IOException {
                write(scope.toString(), "rules.json", RuleSetDocument.write(rules));
            }

            @Override
            public void putRules(String tenant, RuleSet rules) throws IOException {
                write(tenant, "rules.json", RuleSetDocument.write(rules));
            }

            @Override
            public void putItems(String tenant, List<ItemAttributes> items) throws IOException {
                write(
                        tenant,
                        "items.jsonl",
                        items.stream().map(ItemAttributesDocument::write).collect(Collectors.joining("\n")));
            }

            @Override
            public void putTenant(String tenant, Tenant what) {
                throw new UnsupportedOperationException(NO_TENANTS);
            }

            private void write(String place, String name, String text) throws IOException {
                Path directory = Files.createDirectories(folder.resolve(place));
                Path temporary = Files.writeString(directory.resolve("." + name), text);
                Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                List<Problem> problems = controls.reload();
                if (!problems.isEmpty()) {
                    throw new IllegalArgumentException(problems.toString());
                }
            }

            @Override
            public void close() {
                controls.close();
            }
        };
    }

    @Test
    @Override
    @Disabled(NO_TENANTS)
    public void aSuspendedTenantIsSuspendedOnAllItsSurfacesAndNoOtherTenantIs() {}

    @Test
    @Override
    @Disabled(NO_TENANTS)
    public void aTenantMayBeSuspendedAndActivatedAgainAndKeepsWhatIsConfigured() {}

    @Test
    @Override
    @Disabled(NO_TENANTS)
    public void whereATenantIsServedFromIsKept() {}

    @Test
    @Override
    @Disabled(NO_TENANTS)
    public void theSameTenantIsReturnedUntilItChanges() {}
}
