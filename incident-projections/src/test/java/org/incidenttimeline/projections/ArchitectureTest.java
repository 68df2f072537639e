package org.incidenttimeline.projections;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses production = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.incidenttimeline.projections");

    @Test
    void views_know_what_happened_and_not_what_may_be_done() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..core.command..", "..core.incident..", "..core.axon..", "..core.log..")
                .check(production);
    }

    @Test
    void only_the_feed_knows_axon() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..projections.feed..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.axonframework..")
                .check(production);
    }

    @Test
    void only_the_store_knows_a_database() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..projections.store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..")
                .check(production);
    }

    @Test
    void nothing_reads_a_clock_or_makes_up_an_id() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(production);
    }
}
