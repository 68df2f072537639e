package org.incidenttimeline.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.incidenttimeline.api.submission.CommandsAt;
import org.junit.jupiter.api.Test;

/** What the packages of the web layer may know of each other and of the rest. */
class WebArchitectureTest {
    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.incidenttimeline.api");

    @Test
    void controllers_are_nobody_elses_business() {
        classes()
                .that()
                .areAnnotatedWith(CommandsAt.class)
                .should()
                .bePackagePrivate()
                .check(API);
    }

    @Test
    void only_the_wiring_knows_axon_and_the_rules() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..api.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.axonframework..", "..core.axon..")
                .check(API);
    }

    @Test
    void only_the_schedule_knows_the_scheduler() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..api.schedule..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.kagkarlsson..")
                .check(API);
    }

    @Test
    void packages_do_not_depend_on_each_other_in_circles() {
        slices().matching("org.incidenttimeline.api.(*)..")
                .should()
                .beFreeOfCycles()
                .check(API);
    }
}
