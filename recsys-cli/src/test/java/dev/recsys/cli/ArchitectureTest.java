package dev.recsys.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows of ARCHITECTURE.md, and a few habits that a compiler does not see. */
class ArchitectureTest {
    private static final String[] API = {
        "dev.recsys", "dev.recsys.artifact", "dev.recsys.control", "dev.recsys.store", "dev.recsys.sums",
    };
    private static final String[] CONTROLS = {"dev.recsys.controls..", "dev.recsys.log.."};
    private static final String[] CORE = {
        "dev.recsys.publish..",
        "dev.recsys.serve..",
        "dev.recsys.table..",
        "dev.recsys.trust..",
        "dev.recsys.internal..",
    };
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.recsys");

    private static DescribedPredicate<JavaClass> anythingBut(String[]... allowed) {
        DescribedPredicate<JavaClass> inside = resideInAnyPackage("java..", "javax..", "org.jspecify..");
        for (String[] packages : allowed) {
            inside = inside.or(resideInAnyPackage(packages));
        }
        return not(inside);
    }

    private static void holds(ArchRule rule) {
        rule.check(ALL);
    }

    @Test
    void everythingIsLookedAt() {
        assertThat(ALL.stream().map(JavaClass::getPackageName))
                .contains(
                        "dev.recsys",
                        "dev.recsys.publish",
                        "dev.recsys.store.fs",
                        "dev.recsys.store.s3",
                        "dev.recsys.store.gcs",
                        "dev.recsys.postgres",
                        "dev.recsys.pipelines",
                        "dev.recsys.eval",
                        "dev.recsys.micrometer",
                        "dev.recsys.cli");
    }

    @Test
    void theApiDependsOnNothing() {
        holds(noClasses().that().resideInAnyPackage(API).should().dependOnClassesThat(anythingBut(API)));
    }

    @ParameterizedTest
    @CsvSource({
        "dev.recsys.store.fs.., ''",
        "dev.recsys.store.s3.., 'software.amazon.awssdk.. org.slf4j..'",
        "dev.recsys.store.gcs.., 'com.google..'",
    })
    void aStoreSeesOnlyTheApiAndItsClientLibrary(String store, String libraries) {
        String[] itsOwn = (store + " " + libraries).trim().split(" ", -1);
        holds(noClasses().that().resideInAPackage(store).should().dependOnClassesThat(anythingBut(API, itsOwn)));
    }

    @Test
    void controlsSeeTheApiAndTheirLibraries() {
        String[] libraries = {"com.fasterxml.jackson..", "org.slf4j.."};
        holds(noClasses()
                .that()
                .resideInAnyPackage(CONTROLS)
                .should()
                .dependOnClassesThat(anythingBut(API, CONTROLS, libraries)));
    }

    @Test
    void postgresSeesTheApiTheControlsAndItsLibraries() {
        String[] libraries = {
            "com.github.benmanes.caffeine..", "com.zaxxer.hikari..", "org.flywaydb..", "org.postgresql..", "org.slf4j.."
        };
        String[] itsOwn = {"dev.recsys.postgres.."};
        holds(noClasses()
                .that()
                .resideInAnyPackage(itsOwn)
                .should()
                .dependOnClassesThat(anythingBut(API, CONTROLS, itsOwn, libraries)));
    }

    @Test
    void coreSeesTheApiTheControlsAndItsLibraries() {
        String[] libraries = {"com.fasterxml.jackson..", "com.github.benmanes.caffeine..", "org.slf4j.."};
        holds(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat(anythingBut(API, CONTROLS, CORE, libraries)));
    }

    @Test
    void metricsSeeCoreAndTheirLibrary() {
        String[] itsOwn = {"dev.recsys.micrometer..", "io.micrometer.."};
        holds(noClasses()
                .that()
                .resideInAPackage("dev.recsys.micrometer..")
                .should()
                .dependOnClassesThat(anythingBut(API, CONTROLS, itsOwn, new String[] {"dev.recsys.serve.."})));
    }

    @Test
    void pipelinesSeeNoStoreAndNoCommandLine() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.recsys.pipelines..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.recsys.store.fs..", "dev.recsys.cli..", "dev.recsys.examples..")));
    }

    @Test
    void evaluationOfLogsSeesNothingOfRecsys() {
        String[] itsOwn = {"dev.recsys.eval.."};
        holds(noClasses().that().resideInAnyPackage(itsOwn).should().dependOnClassesThat(anythingBut(itsOwn)));
    }

    @Test
    void onlyModulesOfRecsysUseItsInternals() {
        holds(noClasses()
                .that()
                .resideInAnyPackage("dev.recsys.cli..", "dev.recsys.examples..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.recsys.internal..")));
    }

    @Test
    void packagesHaveNoCycles() {
        holds(slices().matching("dev.recsys.(**)").should().beFreeOfCycles());
    }

    @Test
    void jacksonIsInNoPublicSignature() {
        DescribedPredicate<JavaClass> jackson = resideInAPackage("com.fasterxml..");
        holds(methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(
                        "dev.recsys.controls",
                        "dev.recsys.publish",
                        "dev.recsys.serve",
                        "dev.recsys.table",
                        "dev.recsys.trust")
                .should()
                .notHaveRawReturnType(jackson)
                .andShould()
                .notHaveRawParameterTypes(DescribedPredicate.describe(
                        "with Jackson", types -> types.stream().anyMatch(jackson))));
    }

    @Test
    void coreTakesItsTimeFromOnePlace() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .and()
                .doNotHaveFullyQualifiedName("dev.recsys.internal.Ambient")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class));
    }

    @Test
    void publicClassesCannotBeExtendedByAccident() {
        holds(classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areTopLevelClasses()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL));
    }
}
