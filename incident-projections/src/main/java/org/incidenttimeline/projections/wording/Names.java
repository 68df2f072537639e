package org.incidenttimeline.projections.wording;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidenttimeline.core.event.ChangeVerdict;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.MitigationKind;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.Role;

/** The words for kinds and states; every one is our own and safe to show anywhere. */
public final class Names {
    private Names() {}

    /** The constant's own words, for instance {@code user report}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public static String of(Role role) {
        return switch (role) {
            case LEAD -> "incident lead";
            case OPERATIONS -> "operations lead";
            case COMMUNICATIONS -> "communications lead";
            case SCRIBE -> "scribe";
            case SUBJECT_EXPERT -> "subject expert";
        };
    }

    /** A mitigation by its number and what kind of step it is, where its kind says anything. */
    public static String of(MitigationId id, MitigationKind kind, boolean destructive) {
        var words = Stream.of(kind == MitigationKind.OTHER ? "" : of(kind), destructive ? "destructive" : "")
                .filter(w -> !w.isEmpty())
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? id.value() : id + " (" + words + ")";
    }

    public static String of(Mode mode) {
        return switch (mode) {
            case LIVE -> "live";
            case DRILL -> "drill";
            case TEST -> "test of the tool";
            case BACKFILLED -> "entered afterwards";
        };
    }

    /** What the first line of a document says, so that nobody takes an exercise or a test for an incident. */
    public static String warning(Mode mode) {
        return switch (mode) {
            case DRILL -> "DRILL: ";
            case TEST -> "TEST: ";
            case LIVE, BACKFILLED -> "";
        };
    }

    public static String of(ChangeVerdict verdict) {
        return switch (verdict) {
            case SUSPECT -> "suspected";
            case CAUSED -> "found to have caused the incident";
            case FIXED -> "found to have fixed the incident";
            case DISMISSED -> "dismissed as a cause";
        };
    }

    public static String of(FindingKind kind) {
        return switch (kind) {
            case ROOT_CAUSE -> "Root cause";
            case CONTRIBUTING_FACTOR -> "Contributing factor";
            case WENT_WELL -> "Went well";
            case WENT_POORLY -> "Went poorly";
            case GOT_LUCKY -> "Got lucky";
            case LESSON -> "Lesson";
        };
    }

    /** So many things, for instance {@code 3 injects}. */
    public static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** The names joined by commas. */
    public static String all(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(Names::of).collect(Collectors.joining(", "));
    }

    /** The word for a constant in an export, for instance {@code ROOT_CAUSE}: the one that commands take. */
    public static String code(Enum<?> constant) {
        return constant.name();
    }
}
