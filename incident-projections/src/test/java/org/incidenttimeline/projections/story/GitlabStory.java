package org.incidenttimeline.projections.story;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.incidenttimeline.core.event.*;
import org.incidenttimeline.core.event.IncidentEvent.*;
import org.incidenttimeline.core.event.ItemId.*;
import org.jspecify.annotations.Nullable;

/**
 * The GitLab.com database outage of 31 January 2017, as its public postmortem tells it; what that does not tell, such as
 * plans and trackers, is made up.
 */
public final class GitlabStory {
    private static final IncidentId ID = new IncidentId("GL-2017-01-31");
    private static final ServiceName DB1 = new ServiceName("postgresql-primary db1");
    private static final ServiceName DB2 = new ServiceName("postgresql-secondary db2");
    private static final Actor BOT = new Actor(new Person("pager"), Actor.Kind.TOOL);

    private GitlabStory() {}

    public static Log told() {
        return Log.of(List.of())
                .and(declared(), BOT)
                .andAll(response())
                .andAll(recovery())
                .andAll(review());
    }

    private static IncidentEvent declared() {
        return new IncidentDeclared(
                ID,
                at("2017-01-31T19:10"),
                new Title("Database outage of GitLab.com"),
                Severity.SEV3,
                new Person("ana"),
                text("Database load rises; users have trouble posting comments"),
                List.of(new ServiceName("gitlab.com"), DB1, DB2),
                new Detection(
                        DetectionSource.MONITORING,
                        Optional.of(about("2017-01-31T19:00", "~19:00")),
                        Optional.of(new Reference("alert db-load"))),
                Optional.of(at("2017-01-31T18:00")),
                Optional.empty(),
                Mode.BACKFILLED,
                Visibility.OPEN,
                Optional.empty());
    }

    private static List<IncidentEvent> response() {
        return List.of(
                new ChangeRecorded(
                        ID,
                        at("2017-01-31T17:20"),
                        ChangeId.number(1),
                        ChangeKind.DATA,
                        new Text("LVM snapshot of production loaded into staging"),
                        DB1,
                        Optional.of(new Environment("staging")),
                        Optional.of(new Person("bo")),
                        Optional.empty(),
                        Optional.empty()),
                new SymptomRecorded(
                        ID,
                        at("2017-01-31T18:00"),
                        SymptomId.number(1),
                        SymptomState.FAILING,
                        new Text("Spammers create snippets in bulk and the database becomes unstable"),
                        SymptomSource.METRIC,
                        Optional.of(DB1),
                        Optional.empty(),
                        Optional.empty()),
                new RoleAssigned(ID, at("2017-01-31T19:20"), Role.COMMUNICATIONS, new Person("cleo")),
                new HypothesisProposed(
                        ID,
                        about("2017-01-31T19:30", "around half past"),
                        HypothesisId.number(1),
                        new Text("Spam and abuse traffic causes the load"),
                        Optional.of(new Text("Load falls once the spammers are blocked")),
                        Optional.of(new Text("Load stays high with spam gone"))),
                new PrimaryHypothesisChosen(
                        ID, about("2017-01-31T19:30", null), HypothesisId.number(1), Optional.empty()),
                new MitigationBegun(
                        ID,
                        about("2017-01-31T20:00", null),
                        MitigationId.number(1),
                        MitigationKind.TRAFFIC,
                        new Text("Spammers are blocked by IP address"),
                        false,
                        Optional.of(HypothesisId.number(1)),
                        text("Unblock the addresses"),
                        Optional.empty(),
                        Optional.empty()),
                new MitigationCompleted(
                        ID,
                        at("2017-01-31T20:30"),
                        MitigationId.number(1),
                        MitigationOutcome.PARTIAL,
                        new Text("Load falls but stays above normal")),
                new EvidencePreserved(
                        ID,
                        about("2017-01-31T20:30", null),
                        EvidenceId.number(1),
                        new Title("Sign-ins of one account from 47,000 IP addresses"),
                        EvidenceKind.QUERY_RESULT,
                        new Location("s3://evidence/gl/signins.csv"),
                        Optional.of(new Sha256("c0ffee".repeat(10) + "c0de")),
                        new Person("bo"),
                        Certainty.FACT),
                new EvidenceLinked(
                        ID,
                        at("2017-01-31T20:35"),
                        HypothesisId.number(1),
                        EvidenceId.number(1),
                        EvidenceBearing.SUPPORTS,
                        new Text("One account alone explains a large part of the traffic")),
                new SymptomRecorded(
                        ID,
                        at("2017-01-31T21:00"),
                        SymptomId.number(2),
                        SymptomState.FAILING,
                        new Text("Writes to the database lock up; part of the site is down"),
                        SymptomSource.USER_REPORT,
                        Optional.of(DB1),
                        Optional.empty(),
                        Optional.empty()),
                new SeverityChanged(
                        ID, at("2017-01-31T21:05"), Severity.SEV3, Severity.SEV1, new Text("Part of the site is down")),
                new ChangesFrozen(
                        ID,
                        at("2017-01-31T21:10"),
                        FreezeId.number(1),
                        new Scope(List.of(DB1, DB2), List.of(new Environment("production"))),
                        new Text("Nothing unrelated may touch the databases"),
                        Optional.empty()),
                new CommunicationPlanned(
                        ID,
                        at("2017-01-31T21:15"),
                        Audience.CUSTOMERS,
                        new Person("cleo"),
                        new Reference("status page"),
                        Duration.ofMinutes(60)),
                new UpdatePublished(
                        ID,
                        at("2017-01-31T21:20"),
                        UpdateId.number(1),
                        List.of(Audience.CUSTOMERS),
                        new Text("Database load is high"),
                        new Text("Comments and issues may fail to save"),
                        new Text("Abusive accounts are being blocked"),
                        Optional.of(Instant.parse("2017-01-31T22:20:00Z"))),
                new HypothesisProposed(
                        ID,
                        order("2017-01-31T22:10"),
                        HypothesisId.number(2),
                        new Text("db2 cannot catch up because the WAL it needs is gone from db1"),
                        Optional.of(new Text("A fresh base backup brings replication back")),
                        Optional.of(new Text("The needed WAL segments are still on db1"))),
                new MitigationBegun(
                        ID,
                        order("2017-01-31T22:20"),
                        MitigationId.number(2),
                        MitigationKind.OTHER,
                        new Text("The data directory of db2 is wiped for a clean base backup"),
                        true,
                        Optional.of(HypothesisId.number(2)),
                        Optional.empty(),
                        Optional.empty(),
                        text("db2 holds nothing that db1 does not")),
                new UpdateMissed(ID, at("2017-01-31T22:25"), Audience.CUSTOMERS, Instant.parse("2017-01-31T22:20:00Z")),
                new ChangeRecorded(
                        ID,
                        order("2017-01-31T22:35"),
                        ChangeId.number(2),
                        ChangeKind.CONFIG,
                        new Text("max_wal_senders on db1 is raised to 32 and PostgreSQL restarted"),
                        DB1,
                        Optional.of(new Environment("production")),
                        Optional.of(new Person("bo")),
                        Optional.empty(),
                        Optional.of(FreezeId.number(1))),
                new PrimaryHypothesisChosen(ID, order("2017-01-31T22:40"), HypothesisId.number(2), Optional.empty()),
                new HypothesisTestBegun(
                        ID,
                        order("2017-01-31T22:50"),
                        TestId.number(1),
                        HypothesisId.number(2),
                        new Text("pg_basebackup from db1 to db2"),
                        new Text("The copy starts within a minute"),
                        new Text("It only reads from db1"),
                        new Text("Stop pg_basebackup"),
                        true,
                        Optional.of(new Person("ana")),
                        Optional.empty()),
                new HypothesisTestInconclusive(
                        ID,
                        order("2017-01-31T22:55"),
                        TestId.number(1),
                        HypothesisId.number(2),
                        new Text("pg_basebackup hangs without a message"),
                        List.of(),
                        text("No output to preserve")),
                new ChangeRecorded(
                        ID,
                        between("2017-01-31T23:20", "2017-01-31T23:27"),
                        ChangeId.number(3),
                        ChangeKind.DATA,
                        new Text("The data directory is removed on db1, the primary, instead of db2"),
                        DB1,
                        Optional.of(new Environment("production")),
                        Optional.of(new Person("bo")),
                        Optional.empty(),
                        Optional.of(FreezeId.number(1))),
                new NoteAdded(
                        ID,
                        at("2017-01-31T23:27"),
                        new Text("The removal is stopped; of about 300 GB some 4.5 GB remain")),
                new MitigationFailed(
                        ID,
                        at("2017-01-31T23:30"),
                        MitigationId.number(2),
                        MitigationOutcome.HARMFUL,
                        new Text("The primary is lost with it")),
                new ImpactAssessed(
                        ID,
                        about("2017-01-31T23:40", null),
                        ImpactWindowId.number(1),
                        new Impact(
                                new Text("GitLab.com is offline, and what was written since 17:20 is lost"),
                                text("Git repositories and wikis are not lost"),
                                text("About 5,000 projects, 5,000 comments and 700 accounts"),
                                Spread.WIDESPREAD),
                        Optional.of(at("2017-01-31T18:00")),
                        Optional.of(at("2017-02-01T18:14"))));
    }

    private static List<IncidentEvent> recovery() {
        return List.of(
                new UpdatePublished(
                        ID,
                        at("2017-01-31T23:40"),
                        UpdateId.number(2),
                        List.of(Audience.CUSTOMERS),
                        new Text("We have an emergency database maintenance"),
                        new Text("GitLab.com is offline"),
                        new Text("We restore the database; notes at https://docs.example/gitlab"),
                        Optional.empty()),
                new EvidencePreserved(
                        ID,
                        about("2017-02-01T00:00", null),
                        EvidenceId.number(2),
                        new Title("Bucket listing: the nightly dumps are missing"),
                        EvidenceKind.SCREENSHOT,
                        new Location("https://files.example/backups.png"),
                        Optional.empty(),
                        new Person("bo"),
                        Certainty.FACT),
                new MitigationBegun(
                        ID,
                        about("2017-02-01T00:36", null),
                        MitigationId.number(3),
                        MitigationKind.OTHER,
                        new Text("The staging copy is backed up and then copied to production"),
                        true,
                        Optional.empty(),
                        text("Keep the staging copy"),
                        Optional.empty(),
                        Optional.empty()),
                new MitigationCompleted(
                        ID,
                        about("2017-02-01T17:00", null),
                        MitigationId.number(3),
                        MitigationOutcome.EFFECTIVE,
                        new Text("The database is restored without webhooks")),
                new RecoveryVerified(
                        ID,
                        at("2017-02-01T18:14"),
                        List.of(new RecoveryCheck(
                                new Text("Front page and issue list"),
                                new Text("Both load"),
                                new Text("Both load in under a second"),
                                true,
                                true)),
                        Optional.empty()),
                new ChangeLinked(
                        ID,
                        at("2017-02-01T18:20"),
                        ChangeId.number(3),
                        ChangeVerdict.CAUSED,
                        new Text("The data directory of the primary was removed")),
                new FreezeLifted(ID, at("2017-02-01T18:30"), FreezeId.number(1), new Text("Service is back")));
    }

    private static List<IncidentEvent> review() {
        return List.of(
                new ReviewBegun(
                        ID,
                        at("2017-02-02T10:00"),
                        new Person("dee"),
                        List.of(new Person("ana"), new Person("bo"), new Person("cleo"))),
                new EntryCorrected(
                        ID,
                        at("2017-02-02T10:05"),
                        24,
                        text("The removal is stopped after a second or two; of about 300 GB some 4.5 GB remain"),
                        Optional.empty(),
                        new Text("Told more exactly in the review")),
                finding(
                        1,
                        FindingKind.CONTRIBUTING_FACTOR,
                        "Terminals of primary and secondary looked alike",
                        "ambiguous-target",
                        23L),
                finding(
                        2,
                        FindingKind.CONTRIBUTING_FACTOR,
                        "Backups failed silently for lack of an owner and of a restore test",
                        "untested-backup",
                        28L),
                finding(3, FindingKind.GOT_LUCKY, "The manual snapshot was six hours old", null, 2L),
                finding(4, FindingKind.WENT_WELL, "The public could follow the recovery in the open", null, 27L),
                finding(
                        5,
                        FindingKind.WENT_POORLY,
                        "Five backup and replication methods, and none worked when it was needed",
                        null,
                        28L),
                action(1, "Show host and environment in the prompt, in colour", ActionKind.PREVENT, 1, "infra#1094"),
                action(2, "Restore backups every day and alert when it fails", ActionKind.DETECT, 2, null));
    }

    private static IncidentEvent finding(int n, FindingKind kind, String words, @Nullable String pattern, long entry) {
        return new FindingRecorded(
                ID,
                at("2017-02-02T10:30"),
                FindingId.number(n),
                kind,
                new Text(words),
                Optional.ofNullable(pattern).map(PatternTag::new),
                List.of(entry));
    }

    private static IncidentEvent action(int n, String words, ActionKind kind, int finding, @Nullable String tracker) {
        return new ActionAssigned(
                ID,
                at("2017-02-02T11:00"),
                ActionId.number(n),
                new Text(words),
                kind,
                Optional.of(new Person("bo")),
                Optional.of(LocalDate.parse("2017-02-28")),
                Optional.of(FindingId.number(finding)),
                Optional.ofNullable(tracker).map(Reference::new));
    }

    private static Optional<Text> text(String words) {
        return Optional.of(new Text(words));
    }

    private static OccurredAt at(String minute) {
        return OccurredAt.at(instant(minute));
    }

    private static OccurredAt about(String minute, @Nullable String original) {
        return time(minute, Precision.APPROXIMATE, null, original);
    }

    private static OccurredAt order(String minute) {
        return time(minute, Precision.ORDER_ONLY, null, null);
    }

    private static OccurredAt between(String from, String until) {
        return time(from, Precision.INTERVAL, until, null);
    }

    private static OccurredAt time(String at, Precision precision, @Nullable String until, @Nullable String original) {
        return new OccurredAt(
                Optional.of(instant(at)),
                precision,
                Optional.ofNullable(until).map(GitlabStory::instant),
                Optional.of(ZoneOffset.UTC),
                Optional.ofNullable(original).map(Text::new));
    }

    private static Instant instant(String minute) {
        return Instant.parse(minute + ":00Z");
    }
}
