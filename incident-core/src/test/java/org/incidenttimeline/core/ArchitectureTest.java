package org.incidenttimeline.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String[] PURE = {
        "..core.event..",
        "..core.command..",
        "..core.incident..",
        "..core.guidance..",
        "..core.duty..",
        "..core.history.."
    };

    private final JavaClasses production = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.incidenttimeline.core");

    @Test
    void the_rules_need_nothing_but_java() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.annotation..",
                        "..core.event..",
                        "..core.command..",
                        "..core.incident..",
                        "..core.guidance..",
                        "..core.duty..",
                        "..core.history..")
                .check(production);
    }

    @Test
    void the_rules_read_no_clock_and_make_up_no_id() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(production);
    }

    @Test
    void the_log_knows_neither_frameworks_nor_incidents() {
        classes()
                .that()
                .resideInAPackage("..core.log..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.sql..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "..core.log..",
                        "..core.ledger..",
                        "..core.seal..")
                .check(production);
    }

    @Test
    void the_ledger_needs_nothing_but_java() {
        classes()
                .that()
                .resideInAPackage("..core.ledger..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "..core.ledger..")
                .check(production);
    }

    @Test
    void what_seals_words_needs_nothing_but_java() {
        classes()
                .that()
                .resideInAPackage("..core.seal..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "..core.seal..", "..core.ledger..")
                .check(production);
    }

    @Test
    void only_the_shell_knows_axon() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..core.axon..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.axonframework..", "tools.jackson..", "com.github.benmanes..")
                .check(production);
    }

    @Test
    void nothing_here_knows_spring_or_the_web() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta.servlet..")
                .check(production);
    }

    @Test
    void the_log_the_shell_and_the_rules_do_not_depend_on_each_other_in_circles() {
        slices().matching("org.incidenttimeline.core.(axon|log)..")
                .should()
                .beFreeOfCycles()
                .check(production);
    }

    /** Where a switch over events or commands has a default, the compiler no longer names it when one is added. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "incident/Incident.java",
                "incident/IncidentDecider.java",
                "event/Progress.java",
                "duty/DutyFacts.java",
                "guidance/Standing.java",
                "guidance/RunbookDecider.java",
                "guidance/PlaybookDecider.java"
            })
    void a_switch_over_events_or_commands_names_them_all(String file) throws IOException {
        var source = Files.readString(Path.of("src/main/java/org/incidenttimeline/core", file));

        assertThat(source).contains("switch (").doesNotContain("default ->").doesNotContain("default:");
    }
}
