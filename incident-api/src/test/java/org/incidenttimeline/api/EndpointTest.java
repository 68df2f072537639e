package org.incidenttimeline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.incidenttimeline.api.submission.CommandsAt;
import org.incidenttimeline.core.command.Accepted;
import org.incidenttimeline.core.command.DomainCommand;
import org.incidenttimeline.core.command.IncidentCommand;
import org.incidenttimeline.core.command.IncidentCommand.AddNote;
import org.incidenttimeline.core.command.IncidentCommand.ApplyPlaybook;
import org.incidenttimeline.core.command.IncidentCommand.AssessImpact;
import org.incidenttimeline.core.command.IncidentCommand.AssignAction;
import org.incidenttimeline.core.command.IncidentCommand.AssignRole;
import org.incidenttimeline.core.command.IncidentCommand.BeginMitigation;
import org.incidenttimeline.core.command.IncidentCommand.BeginReview;
import org.incidenttimeline.core.command.IncidentCommand.BeginTest;
import org.incidenttimeline.core.command.IncidentCommand.CancelIncident;
import org.incidenttimeline.core.command.IncidentCommand.ChangeSeverity;
import org.incidenttimeline.core.command.IncidentCommand.ClassifyIncident;
import org.incidenttimeline.core.command.IncidentCommand.CloseIncident;
import org.incidenttimeline.core.command.IncidentCommand.CompleteAction;
import org.incidenttimeline.core.command.IncidentCommand.CompleteMitigation;
import org.incidenttimeline.core.command.IncidentCommand.CompleteRunbookStep;
import org.incidenttimeline.core.command.IncidentCommand.ConcludeTest;
import org.incidenttimeline.core.command.IncidentCommand.CorrectEntry;
import org.incidenttimeline.core.command.IncidentCommand.DeclareIncident;
import org.incidenttimeline.core.command.IncidentCommand.DeliverInject;
import org.incidenttimeline.core.command.IncidentCommand.DropAction;
import org.incidenttimeline.core.command.IncidentCommand.EndExercise;
import org.incidenttimeline.core.command.IncidentCommand.EstablishAwareness;
import org.incidenttimeline.core.command.IncidentCommand.FailMitigation;
import org.incidenttimeline.core.command.IncidentCommand.FollowRunbook;
import org.incidenttimeline.core.command.IncidentCommand.FreezeChanges;
import org.incidenttimeline.core.command.IncidentCommand.GrantFreezeException;
import org.incidenttimeline.core.command.IncidentCommand.HandOverRole;
import org.incidenttimeline.core.command.IncidentCommand.ImportEntry;
import org.incidenttimeline.core.command.IncidentCommand.ImportIncident;
import org.incidenttimeline.core.command.IncidentCommand.LiftFreeze;
import org.incidenttimeline.core.command.IncidentCommand.LinkChange;
import org.incidenttimeline.core.command.IncidentCommand.LinkEvidence;
import org.incidenttimeline.core.command.IncidentCommand.MakePrimary;
import org.incidenttimeline.core.command.IncidentCommand.MergeInto;
import org.incidenttimeline.core.command.IncidentCommand.PinEntry;
import org.incidenttimeline.core.command.IncidentCommand.PlanCommunication;
import org.incidenttimeline.core.command.IncidentCommand.PlanInjects;
import org.incidenttimeline.core.command.IncidentCommand.PreserveEvidence;
import org.incidenttimeline.core.command.IncidentCommand.ProposeHypothesis;
import org.incidenttimeline.core.command.IncidentCommand.PublishPostmortem;
import org.incidenttimeline.core.command.IncidentCommand.PublishUpdate;
import org.incidenttimeline.core.command.IncidentCommand.ReassignAction;
import org.incidenttimeline.core.command.IncidentCommand.RecordChange;
import org.incidenttimeline.core.command.IncidentCommand.RecordFinding;
import org.incidenttimeline.core.command.IncidentCommand.RecordSymptom;
import org.incidenttimeline.core.command.IncidentCommand.RedactEntry;
import org.incidenttimeline.core.command.IncidentCommand.ReopenIncident;
import org.incidenttimeline.core.command.IncidentCommand.RequestRedaction;
import org.incidenttimeline.core.command.IncidentCommand.RescheduleAction;
import org.incidenttimeline.core.command.IncidentCommand.ReviseFinding;
import org.incidenttimeline.core.command.IncidentCommand.RollBackMitigation;
import org.incidenttimeline.core.command.IncidentCommand.SetAside;
import org.incidenttimeline.core.command.IncidentCommand.SubmitNotification;
import org.incidenttimeline.core.command.IncidentCommand.TestConclusion;
import org.incidenttimeline.core.command.IncidentCommand.UnpinEntry;
import org.incidenttimeline.core.command.IncidentCommand.VerifyRecovery;
import org.incidenttimeline.core.command.PlaybookCommand.ApprovePlaybook;
import org.incidenttimeline.core.command.PlaybookCommand.DraftPlaybook;
import org.incidenttimeline.core.command.PlaybookCommand.RetirePlaybook;
import org.incidenttimeline.core.command.PlaybookCommand.RevisePlaybook;
import org.incidenttimeline.core.command.RunbookCommand.ApproveRunbook;
import org.incidenttimeline.core.command.RunbookCommand.DraftRunbook;
import org.incidenttimeline.core.command.RunbookCommand.RetireRunbook;
import org.incidenttimeline.core.command.RunbookCommand.ReviseRunbook;
import org.incidenttimeline.core.duty.Regime;
import org.incidenttimeline.core.event.ActionKind;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Audience;
import org.incidenttimeline.core.event.CancellationReason;
import org.incidenttimeline.core.event.Certainty;
import org.incidenttimeline.core.event.ChangeKind;
import org.incidenttimeline.core.event.ChangeVerdict;
import org.incidenttimeline.core.event.ClassificationName;
import org.incidenttimeline.core.event.DedupKey;
import org.incidenttimeline.core.event.Detection;
import org.incidenttimeline.core.event.DetectionSource;
import org.incidenttimeline.core.event.Environment;
import org.incidenttimeline.core.event.EvidenceBearing;
import org.incidenttimeline.core.event.EvidenceKind;
import org.incidenttimeline.core.event.FieldPath;
import org.incidenttimeline.core.event.FindingKind;
import org.incidenttimeline.core.event.Impact;
import org.incidenttimeline.core.event.IncidentEvent.HypothesisProposed;
import org.incidenttimeline.core.event.IncidentEvent.NoteAdded;
import org.incidenttimeline.core.event.IncidentEvent.PrimaryHypothesisChosen;
import org.incidenttimeline.core.event.IncidentId;
import org.incidenttimeline.core.event.InjectKind;
import org.incidenttimeline.core.event.ItemId.ActionId;
import org.incidenttimeline.core.event.ItemId.ChangeId;
import org.incidenttimeline.core.event.ItemId.EvidenceId;
import org.incidenttimeline.core.event.ItemId.FindingId;
import org.incidenttimeline.core.event.ItemId.FreezeId;
import org.incidenttimeline.core.event.ItemId.HypothesisId;
import org.incidenttimeline.core.event.ItemId.ImpactWindowId;
import org.incidenttimeline.core.event.ItemId.InjectId;
import org.incidenttimeline.core.event.ItemId.MitigationId;
import org.incidenttimeline.core.event.ItemId.TestId;
import org.incidenttimeline.core.event.Location;
import org.incidenttimeline.core.event.MitigationKind;
import org.incidenttimeline.core.event.MitigationOutcome;
import org.incidenttimeline.core.event.Mode;
import org.incidenttimeline.core.event.OccurredAt;
import org.incidenttimeline.core.event.Origin;
import org.incidenttimeline.core.event.PatternTag;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.PlaybookInUse;
import org.incidenttimeline.core.event.Precision;
import org.incidenttimeline.core.event.RecoveryCheck;
import org.incidenttimeline.core.event.RedactedField;
import org.incidenttimeline.core.event.RedactionReason;
import org.incidenttimeline.core.event.Reference;
import org.incidenttimeline.core.event.Reportability;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.core.event.RunbookInUse;
import org.incidenttimeline.core.event.Scope;
import org.incidenttimeline.core.event.ServiceName;
import org.incidenttimeline.core.event.Severity;
import org.incidenttimeline.core.event.Sha256;
import org.incidenttimeline.core.event.SourceStatus;
import org.incidenttimeline.core.event.Spread;
import org.incidenttimeline.core.event.StageName;
import org.incidenttimeline.core.event.StatusMeaning;
import org.incidenttimeline.core.event.SymptomSource;
import org.incidenttimeline.core.event.SymptomState;
import org.incidenttimeline.core.event.Text;
import org.incidenttimeline.core.event.TimeClaim;
import org.incidenttimeline.core.event.Title;
import org.incidenttimeline.core.event.Visibility;
import org.incidenttimeline.core.guidance.Guides;
import org.incidenttimeline.projections.duties.TemplateFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What each address does: the exact command that reaches the desk, and what is answered. */
class EndpointTest extends HttpTest {
    private static final OccurredAt CLAIMED = claimed(Optional.of(ZoneOffset.UTC));
    private static final OccurredAt AT_NOW = OccurredAt.at(NOW);
    private static final String SHA = "ab".repeat(32);

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    /** An address, a body with every field, and the command that it stands for. */
    record Endpoint(String path, String body, DomainCommand command, String subject) {
        @Override
        public String toString() {
            return command.getClass().getSimpleName();
        }
    }

    private static OccurredAt claimed(Optional<ZoneOffset> offset) {
        return new OccurredAt(
                Optional.of(Instant.parse("2026-03-01T13:00:00Z")),
                Precision.MINUTE,
                Optional.empty(),
                offset,
                Optional.empty());
    }

    private static Text text(String text) {
        return new Text(text);
    }

    private static Optional<Text> some(String text) {
        return Optional.of(new Text(text));
    }

    /** Bodies are written with ' for ", and $T for a claimed time. */
    private static Endpoint endpoint(String path, String body, IncidentCommand command) {
        return endpoint(path, body, command, "incidentId");
    }

    private static Origin wiki(String id) {
        return new Origin(
                new Reference("wiki"), new Reference(id), Optional.of(new Location("https://wiki.example/" + id)));
    }

    /** The same for any command; {@code subject} is the field by which the answer names what it was for. */
    private static Endpoint endpoint(String path, String body, DomainCommand command, String subject) {
        return new Endpoint(path, body.replace('\'', '"').replace("$T", "\"2026-03-01T13:00:00Z\""), command, subject);
    }

    private static final Actor ADA = new Actor(new Person("ada"), Actor.Kind.HUMAN);
    private static final PlaybookInUse OUTAGE = new PlaybookInUse(Guides.OUTAGE, 1, Guides.playbook());

    private static final String RUNBOOK = """
            'title':'Database replication lags behind','services':['database'],
            'symptoms':['Replication lag grows','The secondary is behind the primary'],
            'firstChecks':[{'action':'Check the lag'}],
            'safeMitigations':[{'action':'Stop the batch jobs'},{'action':'Add a replica'}],
            'escalateWhen':'The lag grows for ten minutes more',
            'restoredWhen':[{'action':'The lag is below a second'}],
            'rollback':[{'action':'Start the batch jobs'}]""";

    private static final Regime NIS2 = TemplateFile.builtIn().getFirst();

    private static final String PLAYBOOK = """
            'title':'Database outage','services':['database'],
            'roles':[{'role':'COMMUNICATIONS','person':'ben'},{'severities':['SEV1'],'role':'SCRIBE','person':'cleo'}],
            'escalations':[{'severities':['SEV1'],'when':'Data may be lost','to':'dora','reachedAt':'tel:+15550100',
                            'within':'PT15M'}],
            'decisions':[{'question':'Fail over?','decidedBy':'LEAD','guidance':'Only when the secondary is in step'}],
            'communication':[{'audience':'SUPPORT','owner':'ben','channel':'#support','cadence':'PT30M'}]""";

    static Stream<Endpoint> endpoints() {
        var ada = new Person("ada");
        var bob = new Person("bob");
        var impact = new Impact(text("checkout"), some("browsing"), some("all buyers"), Spread.WIDESPREAD);
        var hypothesis = HypothesisId.number(2);
        return Stream.of(
                endpoint(
                        "/api/v1/incidents",
                        """
                        {'incidentId':'inc-1','occurredAt':$T,'title':'Checkout fails','severity':'SEV1','lead':'ada',
                         'summary':'s','services':['shop','pay'],
                         'detection':{'source':'ALERT','at':$T,'reference':'ALERT-7'},'startedAt':$T,
                         'impact':{'broken':'checkout','stillWorks':'browsing','affected':'all buyers','spread':'WIDESPREAD'},
                         'mode':'DRILL','visibility':'RESTRICTED','dedupKey':'k',
                         'playbook':'database-outage'}""",
                        new DeclareIncident(
                                INCIDENT,
                                CLAIMED,
                                new Title("Checkout fails"),
                                Severity.SEV1,
                                ada,
                                some("s"),
                                List.of(new ServiceName("shop"), new ServiceName("pay")),
                                new Detection(
                                        DetectionSource.ALERT,
                                        Optional.of(CLAIMED),
                                        Optional.of(new Reference("ALERT-7"))),
                                Optional.of(CLAIMED),
                                Optional.of(impact),
                                Mode.DRILL,
                                Visibility.RESTRICTED,
                                Optional.of(new DedupKey("k")),
                                Optional.of(OUTAGE)),
                        "incidentId"),
                endpoint(
                        AT + "/awareness",
                        "{'occurredAt':$T,'by':'ada','because':'b'}",
                        new EstablishAwareness(INCIDENT, CLAIMED, ada, text("b"))),
                endpoint(
                        AT + "/classifications",
                        "{'occurredAt':$T,'regime':'NIS2','decision':'REPORTABLE','classification':'significant',"
                                + "'because':'b'}",
                        new ClassifyIncident(
                                INCIDENT,
                                CLAIMED,
                                NIS2,
                                Reportability.REPORTABLE,
                                new ClassificationName("significant"),
                                text("b"))),
                endpoint(
                        AT + "/notifications",
                        "{'occurredAt':$T,'regime':'NIS2','stage':'early-warning','recipient':'CSIRT',"
                                + "'receipt':'EW-7','lateBecause':'l'}",
                        new SubmitNotification(
                                INCIDENT,
                                CLAIMED,
                                NIS2,
                                new StageName("early-warning"),
                                new Title("CSIRT"),
                                Optional.of(new Reference("EW-7")),
                                some("l"))),
                endpoint(
                        AT + "/playbook",
                        "{'occurredAt':$T,'playbookId':'database-outage'}",
                        new ApplyPlaybook(INCIDENT, CLAIMED, OUTAGE)),
                endpoint(
                        AT + "/runbooks",
                        "{'occurredAt':$T,'runbookId':'replication-lag'}",
                        new FollowRunbook(INCIDENT, CLAIMED, new RunbookInUse(Guides.LAG, 1, Guides.runbook()))),
                endpoint(
                        AT + "/runbooks/replication-lag/steps/2/completion",
                        "{'occurredAt':$T,'outcome':'o','skippedBecause':'s'}",
                        new CompleteRunbookStep(INCIDENT, CLAIMED, Guides.LAG, 2, some("o"), some("s"))),
                endpoint(
                        "/api/v1/runbooks",
                        "{'runbookId':'replication-lag'," + RUNBOOK + "}",
                        new DraftRunbook(Guides.LAG, Guides.runbook(), ADA.name()),
                        "runbookId"),
                endpoint(
                        "/api/v1/runbooks/replication-lag/revision",
                        "{" + RUNBOOK + ",'because':'b'}",
                        new ReviseRunbook(Guides.LAG, Guides.runbook(), ADA.name(), text("b")),
                        "runbookId"),
                endpoint(
                        "/api/v1/runbooks/replication-lag/approval",
                        "{'revision':3,'overrideBecause':'o'}",
                        new ApproveRunbook(Guides.LAG, 3, ADA, some("o")),
                        "runbookId"),
                endpoint(
                        "/api/v1/runbooks/replication-lag/retirement",
                        "{'because':'b'}",
                        new RetireRunbook(Guides.LAG, text("b")),
                        "runbookId"),
                endpoint(
                        "/api/v1/playbooks",
                        "{'playbookId':'database-outage'," + PLAYBOOK + "}",
                        new DraftPlaybook(Guides.OUTAGE, Guides.playbook(), ADA.name()),
                        "playbookId"),
                endpoint(
                        "/api/v1/playbooks/database-outage/revision",
                        "{" + PLAYBOOK + ",'because':'b'}",
                        new RevisePlaybook(Guides.OUTAGE, Guides.playbook(), ADA.name(), text("b")),
                        "playbookId"),
                endpoint(
                        "/api/v1/playbooks/database-outage/approval",
                        "{'revision':3,'overrideBecause':'o'}",
                        new ApprovePlaybook(Guides.OUTAGE, 3, ADA, some("o")),
                        "playbookId"),
                endpoint(
                        "/api/v1/playbooks/database-outage/retirement",
                        "{'because':'b'}",
                        new RetirePlaybook(Guides.OUTAGE, text("b")),
                        "playbookId"),
                endpoint(
                        AT + "/import",
                        """
                        {'occurredAt':$T,'title':'Checkout fails','severity':'SEV1','lead':'ada','summary':'s',
                         'services':['shop'],'detection':{'source':'ALERT'},'startedAt':$T,
                         'impact':{'broken':'checkout','stillWorks':'browsing','affected':'all buyers','spread':'WIDESPREAD'},
                         'visibility':'RESTRICTED','origin':{'source':'wiki','id':'17','url':'https://wiki.example/17'},
                         'licence':'CC BY 4.0','importRun':'r'}""",
                        new ImportIncident(
                                new DeclareIncident(
                                        INCIDENT,
                                        CLAIMED,
                                        new Title("Checkout fails"),
                                        Severity.SEV1,
                                        ada,
                                        some("s"),
                                        List.of(new ServiceName("shop")),
                                        new Detection(DetectionSource.ALERT, Optional.empty(), Optional.empty()),
                                        Optional.of(CLAIMED),
                                        Optional.of(impact),
                                        Mode.BACKFILLED,
                                        Visibility.RESTRICTED,
                                        Optional.empty()),
                                wiki("17"),
                                some("CC BY 4.0"),
                                Optional.of(new Reference("r")))),
                endpoint(
                        AT + "/imported-entries",
                        """
                        {'occurredAt':$T,'text':'It is down.','status':{'called':'investigating','means':'INVESTIGATING'},
                         'origin':{'source':'wiki','id':'18','url':'https://wiki.example/18'},
                         'otherTimes':[{'time':$T,'claimedBy':'the vendor'}]}""",
                        new ImportEntry(
                                INCIDENT,
                                CLAIMED,
                                some("It is down."),
                                Optional.of(new SourceStatus(
                                        new Reference("investigating"), Optional.of(StatusMeaning.INVESTIGATING))),
                                wiki("18"),
                                List.of(new TimeClaim(CLAIMED, new Reference("the vendor"))))),
                endpoint(
                        AT + "/roles",
                        "{'occurredAt':$T,'role':'SCRIBE','person':'bob'}",
                        new AssignRole(INCIDENT, CLAIMED, Role.SCRIBE, bob)),
                endpoint(
                        AT + "/roles/LEAD/handover",
                        "{'occurredAt':$T,'from':'ada','to':'bob','briefing':'b'}",
                        new HandOverRole(INCIDENT, CLAIMED, Role.LEAD, ada, bob, some("b"))),
                endpoint(
                        AT + "/severity",
                        "{'occurredAt':$T,'severity':'SEV2','because':'fewer'}",
                        new ChangeSeverity(INCIDENT, CLAIMED, Severity.SEV2, text("fewer"))),
                endpoint(
                        AT + "/impacts",
                        """
                        {'occurredAt':$T,'impactId':'impact-1','from':$T,'until':$T,
                         'impact':{'broken':'checkout','stillWorks':'browsing','affected':'all buyers','spread':'WIDESPREAD'}}""",
                        new AssessImpact(
                                INCIDENT,
                                CLAIMED,
                                Optional.of(ImpactWindowId.number(1)),
                                impact,
                                Optional.of(CLAIMED),
                                Optional.of(CLAIMED))),
                endpoint(
                        AT + "/cancellation",
                        "{'occurredAt':$T,'reason':'FALSE_POSITIVE','because':'a test alert'}",
                        new CancelIncident(INCIDENT, CLAIMED, CancellationReason.FALSE_POSITIVE, text("a test alert"))),
                endpoint(
                        AT + "/merge",
                        "{'occurredAt':$T,'into':'inc-2','because':'the same'}",
                        new MergeInto(INCIDENT, CLAIMED, OTHER, text("the same"))),
                endpoint(
                        AT + "/freezes",
                        """
                        {'occurredAt':$T,'scope':{'services':['shop'],'environments':['*']},'reason':'r',
                         'expectedEnd':'2026-03-01T20:00:00+01:00'}""",
                        new FreezeChanges(
                                INCIDENT,
                                CLAIMED,
                                new Scope(List.of(new ServiceName("shop")), List.of(Environment.ANY)),
                                text("r"),
                                Optional.of(Instant.parse("2026-03-01T19:00:00Z")))),
                endpoint(
                        AT + "/freezes/freeze-1/exceptions",
                        "{'occurredAt':$T,'change':'CHG-1','approvedBy':'bob','because':'the fix'}",
                        new GrantFreezeException(
                                INCIDENT, CLAIMED, FreezeId.number(1), new Reference("CHG-1"), bob, text("the fix"))),
                endpoint(
                        AT + "/freezes/freeze-1/lift",
                        "{'occurredAt':$T,'because':'over'}",
                        new LiftFreeze(INCIDENT, CLAIMED, FreezeId.number(1), text("over"))),
                endpoint(
                        AT + "/symptoms",
                        """
                        {'occurredAt':$T,'state':'FAILING','text':'500s','source':'METRIC','service':'shop','firstSeen':$T,
                         'reference':'graph'}""",
                        new RecordSymptom(
                                INCIDENT,
                                CLAIMED,
                                SymptomState.FAILING,
                                text("500s"),
                                SymptomSource.METRIC,
                                Optional.of(new ServiceName("shop")),
                                Optional.of(CLAIMED),
                                Optional.of(new Reference("graph")))),
                endpoint(
                        AT + "/changes",
                        """
                        {'occurredAt':$T,'kind':'DEPLOY','text':'v2','service':'shop','environment':'production','by':'bob',
                         'reference':'CHG-2'}""",
                        new RecordChange(
                                INCIDENT,
                                CLAIMED,
                                ChangeKind.DEPLOY,
                                text("v2"),
                                new ServiceName("shop"),
                                Optional.of(new Environment("production")),
                                Optional.of(bob),
                                Optional.of(new Reference("CHG-2")))),
                endpoint(
                        AT + "/changes/change-1/link",
                        "{'occurredAt':$T,'verdict':'CAUSED','because':'b'}",
                        new LinkChange(INCIDENT, CLAIMED, ChangeId.number(1), ChangeVerdict.CAUSED, text("b"))),
                endpoint(
                        AT + "/evidence",
                        """
                        {'occurredAt':$T,'title':'heap','kind':'DUMP','location':'s3://b/k','sha256':'%s','collectedBy':'bob',
                         'certainty':'FACT'}""".formatted(SHA),
                        new PreserveEvidence(
                                INCIDENT,
                                CLAIMED,
                                new Title("heap"),
                                EvidenceKind.DUMP,
                                new Location("s3://b/k"),
                                Optional.of(new Sha256(SHA)),
                                bob,
                                Certainty.FACT)),
                endpoint(
                        AT + "/hypotheses",
                        "{'occurredAt':$T,'statement':'s','prediction':'p','refutedBy':'r','primary':true}",
                        new ProposeHypothesis(INCIDENT, CLAIMED, text("s"), some("p"), some("r"), true)),
                endpoint(
                        AT + "/hypotheses/hypothesis-2/primary",
                        "{'occurredAt':$T,'because':'b'}",
                        new MakePrimary(INCIDENT, CLAIMED, hypothesis, some("b"))),
                endpoint(
                        AT + "/hypotheses/hypothesis-2/evidence",
                        "{'occurredAt':$T,'evidenceId':'evidence-1','bearing':'CONTRADICTS','because':'b'}",
                        new LinkEvidence(
                                INCIDENT,
                                CLAIMED,
                                hypothesis,
                                EvidenceId.number(1),
                                EvidenceBearing.CONTRADICTS,
                                text("b"))),
                endpoint(
                        AT + "/hypotheses/hypothesis-2/set-aside",
                        "{'occurredAt':$T,'because':'b'}",
                        new SetAside(INCIDENT, CLAIMED, hypothesis, text("b"))),
                endpoint(
                        AT + "/hypotheses/hypothesis-2/tests",
                        """
                        {'occurredAt':$T,'action':'a','expectation':'e','safeBecause':'s','undo':'u','risky':true,
                         'approvedBy':'ada','overrideBecause':'o'}""",
                        new BeginTest(
                                INCIDENT,
                                CLAIMED,
                                hypothesis,
                                text("a"),
                                text("e"),
                                text("s"),
                                text("u"),
                                true,
                                Optional.of(ada),
                                some("o"))),
                endpoint(
                        AT + "/tests/test-1/conclusion",
                        """
                        {'occurredAt':$T,'conclusion':'REFUTED','observed':'o','evidence':['evidence-1','evidence-2'],
                         'overrideBecause':'x'}""",
                        new ConcludeTest(
                                INCIDENT,
                                CLAIMED,
                                TestId.number(1),
                                TestConclusion.REFUTED,
                                text("o"),
                                List.of(EvidenceId.number(1), EvidenceId.number(2)),
                                some("x"))),
                endpoint(
                        AT + "/mitigations",
                        """
                        {'occurredAt':$T,'kind':'RESTART','text':'t','destructive':true,'restsOn':'hypothesis-2','blind':true,
                         'undo':'u','parallelBecause':'p','evidenceWaivedBecause':'w'}""",
                        new BeginMitigation(
                                INCIDENT,
                                CLAIMED,
                                MitigationKind.RESTART,
                                text("t"),
                                true,
                                Optional.of(hypothesis),
                                true,
                                some("u"),
                                some("p"),
                                some("w"))),
                endpoint(
                        AT + "/mitigations/mitigation-1/completion",
                        "{'occurredAt':$T,'outcome':'PARTIAL','observed':'o'}",
                        new CompleteMitigation(
                                INCIDENT, CLAIMED, MitigationId.number(1), MitigationOutcome.PARTIAL, text("o"))),
                endpoint(
                        AT + "/mitigations/mitigation-1/failure",
                        "{'occurredAt':$T,'outcome':'HARMFUL','observed':'o'}",
                        new FailMitigation(
                                INCIDENT, CLAIMED, MitigationId.number(1), MitigationOutcome.HARMFUL, text("o"))),
                endpoint(
                        AT + "/mitigations/mitigation-1/rollback",
                        "{'occurredAt':$T,'because':'b'}",
                        new RollBackMitigation(INCIDENT, CLAIMED, MitigationId.number(1), text("b"))),
                endpoint(
                        AT + "/recovery-checks",
                        """
                        {'occurredAt':$T,'recoveredAt':$T,'checks':[
                         {'signal':'s','expectation':'e','observation':'o','passed':true,'userFacing':true},
                         {'signal':'s','expectation':'e','observation':'o','passed':false}]}""",
                        new VerifyRecovery(
                                INCIDENT,
                                CLAIMED,
                                List.of(
                                        new RecoveryCheck(text("s"), text("e"), text("o"), true, true),
                                        new RecoveryCheck(text("s"), text("e"), text("o"), false, false)),
                                Optional.of(CLAIMED))),
                endpoint(
                        AT + "/communication-plans",
                        "{'occurredAt':$T,'audience':'SUPPORT','owner':'bob','channel':'#support','cadence':'PT30M'}",
                        new PlanCommunication(
                                INCIDENT,
                                CLAIMED,
                                Audience.SUPPORT,
                                bob,
                                new Reference("#support"),
                                Duration.ofMinutes(30))),
                endpoint(
                        AT + "/updates",
                        """
                        {'occurredAt':$T,'audiences':['CUSTOMERS','SUPPORT'],'whatHappened':'h','userImpact':'i',
                         'whatWeAreDoing':'d','nextUpdateAt':'2026-03-01T14:30Z'}""",
                        new PublishUpdate(
                                INCIDENT,
                                CLAIMED,
                                List.of(Audience.CUSTOMERS, Audience.SUPPORT),
                                text("h"),
                                text("i"),
                                text("d"),
                                Optional.of(Instant.parse("2026-03-01T14:30:00Z")))),
                endpoint(AT + "/notes", "{'occurredAt':$T,'text':'t'}", new AddNote(INCIDENT, CLAIMED, text("t"))),
                endpoint(
                        AT + "/entries/5/correction",
                        "{'occurredAt':$T,'text':'t','time':$T,'because':'b'}",
                        new CorrectEntry(INCIDENT, CLAIMED, 5, some("t"), Optional.of(CLAIMED), text("b"))),
                endpoint(AT + "/entries/5/pin", "{'occurredAt':$T}", new PinEntry(INCIDENT, CLAIMED, 5)),
                endpoint(AT + "/entries/5/unpin", "{'occurredAt':$T}", new UnpinEntry(INCIDENT, CLAIMED, 5)),
                endpoint(
                        AT + "/entries/5/redaction-request",
                        "{'occurredAt':$T,'paths':['/text'],'reason':'PASTED_SECRET','because':'b'}",
                        new RequestRedaction(
                                INCIDENT,
                                CLAIMED,
                                5,
                                List.of(new RedactedField(new FieldPath("/text"), SCRIPT)),
                                RedactionReason.PASTED_SECRET,
                                text("b"),
                                ada)),
                endpoint(
                        AT + "/redaction-requests/6/approval",
                        "{'occurredAt':$T}",
                        new RedactEntry(INCIDENT, CLAIMED, 6, ADA)),
                endpoint(
                        AT + "/review",
                        "{'occurredAt':$T,'facilitator':'ada','participants':['bob']}",
                        new BeginReview(INCIDENT, CLAIMED, ada, List.of(bob))),
                endpoint(
                        AT + "/findings",
                        "{'occurredAt':$T,'kind':'ROOT_CAUSE','text':'t','pattern':'untested-backup','entries':[1,5]}",
                        new RecordFinding(
                                INCIDENT,
                                CLAIMED,
                                FindingKind.ROOT_CAUSE,
                                text("t"),
                                Optional.of(new PatternTag("untested-backup")),
                                List.of(1L, 5L))),
                endpoint(
                        AT + "/findings/finding-1/revision",
                        "{'occurredAt':$T,'kind':'LESSON','text':'t','pattern':'p','entries':[2],'because':'b'}",
                        new ReviseFinding(
                                INCIDENT,
                                CLAIMED,
                                FindingId.number(1),
                                FindingKind.LESSON,
                                text("t"),
                                Optional.of(new PatternTag("p")),
                                List.of(2L),
                                text("b"))),
                endpoint(
                        AT + "/actions",
                        """
                        {'occurredAt':$T,'text':'t','kind':'PREVENT','owner':'bob','due':'2026-12-01','finding':'finding-1',
                         'tracker':'T-1'}""",
                        new AssignAction(
                                INCIDENT,
                                CLAIMED,
                                text("t"),
                                ActionKind.PREVENT,
                                Optional.of(bob),
                                Optional.of(LocalDate.of(2026, 12, 1)),
                                Optional.of(FindingId.number(1)),
                                Optional.of(new Reference("T-1")))),
                endpoint(
                        AT + "/actions/action-1/reassignment",
                        "{'occurredAt':$T,'to':'bob','because':'b'}",
                        new ReassignAction(INCIDENT, CLAIMED, ActionId.number(1), bob, text("b"))),
                endpoint(
                        AT + "/actions/action-1/rescheduling",
                        "{'occurredAt':$T,'to':'2026-12-24','because':'b'}",
                        new RescheduleAction(
                                INCIDENT, CLAIMED, ActionId.number(1), LocalDate.of(2026, 12, 24), text("b"))),
                endpoint(
                        AT + "/actions/action-1/completion",
                        "{'occurredAt':$T,'outcome':'o','proof':'P-1'}",
                        new CompleteAction(
                                INCIDENT, CLAIMED, ActionId.number(1), some("o"), Optional.of(new Reference("P-1")))),
                endpoint(
                        AT + "/actions/action-1/drop",
                        "{'occurredAt':$T,'because':'b'}",
                        new DropAction(INCIDENT, CLAIMED, ActionId.number(1), text("b"))),
                endpoint(
                        AT + "/postmortem/publication",
                        "{'occurredAt':$T,'summary':'s','noActionBecause':'n'}",
                        new PublishPostmortem(INCIDENT, CLAIMED, text("s"), some("n"))),
                endpoint(
                        AT + "/closure",
                        "{'occurredAt':$T,'note':'n'}",
                        new CloseIncident(INCIDENT, CLAIMED, some("n"))),
                endpoint(AT + "/exercise/script", """
                        {'occurredAt':$T,'startsAt':'2026-03-01T15:00:00+01:00','injects':[
                         {'after':'PT5M','kind':'ALERT','what':'w'},{'at':'2026-03-01T15:00:00Z','kind':'NOTE','what':'v'}]}""", new PlanInjects(INCIDENT, CLAIMED, 2, SCRIPT)),
                endpoint(
                        AT + "/exercise/injects/inject-1/delivery",
                        "{'occurredAt':$T}",
                        new DeliverInject(
                                INCIDENT,
                                CLAIMED,
                                InjectId.number(1),
                                InjectKind.CUSTOMER_REPORT,
                                text("the words of inject-1"))),
                endpoint(
                        AT + "/exercise/end",
                        "{'occurredAt':$T,'because':'b'}",
                        new EndExercise(INCIDENT, CLAIMED, some("b"))),
                endpoint(
                        AT + "/reopening",
                        "{'occurredAt':$T,'because':'b'}",
                        new ReopenIncident(INCIDENT, CLAIMED, text("b"))));
    }

    /** What this service tells itself has no address. */
    private static List<Class<?>> commandsOfCallers() {
        return Stream.of(DomainCommand.class.getPermittedSubclasses())
                .<Class<?>>flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                .filter(type -> !IncidentCommand.OfTheClock.class.isAssignableFrom(type))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void the_command_reaches_the_desk_as_it_was_sent(Endpoint endpoint) {
        var answer = post(endpoint.path(), endpoint.body());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(desk.handed())
                .singleElement()
                .satisfies(handed -> assertThat(handed.command()).isEqualTo(endpoint.command()));
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("ETag")).isEqualTo("\"7\"");
        assertThat(answer.json().propertyNames()).startsWith(endpoint.subject(), "version", "position", "events");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void a_field_that_nobody_knows_is_refused_everywhere(Endpoint endpoint) {
        var answer = post(endpoint.path(), endpoint.body().replaceFirst("\\{", "{\"recordedAt\":[{}],"));

        answer.isProblem(400, "invalid-request");
        assertThat(answer.pointers()).containsExactly("/recordedAt");
        assertThat(desk.handed()).isEmpty();
    }

    @Test
    void every_command_has_exactly_one_address() {
        assertThat(endpoints().<Object>map(endpoint -> endpoint.command().getClass()))
                .containsExactlyInAnyOrderElementsOf(commandsOfCallers());
        var addresses = new ArrayList<RequestMappingInfo>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((mapping, method) -> {
            if (AnnotatedElementUtils.hasAnnotation(method.getBeanType(), CommandsAt.class)) {
                addresses.add(mapping);
            }
        });
        assertThat(addresses)
                .hasSize(commandsOfCallers().size())
                .allSatisfy(mapping ->
                        assertThat(mapping.getMethodsCondition().getMethods()).containsExactly(RequestMethod.POST));
    }

    @Test
    void a_declaration_needs_little_and_says_where_the_incident_is() {
        desk.answers(command -> new Accepted(
                1,
                OptionalLong.of(42),
                List.of(new NoteAdded(((IncidentCommand) command).incidentId(), AT_NOW, text("declared")))));

        var answer = post("/api/v1/incidents", declaration(""));

        var id = answer.json().path("incidentId").asString("");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/incidents/" + id);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(desk.last().orElseThrow().command())
                .isEqualTo(new DeclareIncident(
                        new IncidentId(id),
                        AT_NOW,
                        new Title("Checkout fails"),
                        Severity.SEV1,
                        new Person("ada"),
                        Optional.empty(),
                        List.of(),
                        new Detection(DetectionSource.ALERT, Optional.empty(), Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Mode.LIVE,
                        Visibility.OPEN,
                        Optional.empty()));
    }

    private static String declaration(String more) {
        return """
                {"title":"Checkout fails","severity":"SEV1","lead":"ada","detection":{"source":"ALERT"}%s}""".formatted(more);
    }

    @Test
    void a_declaration_that_changes_nothing_is_not_told_as_a_creation() {
        var answer = post("/api/v1/incidents", declaration(",\"incidentId\":\"inc-1\""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Location")).isEqualTo("/api/v1/incidents/inc-1");
    }

    @Test
    void what_may_be_absent_may_also_be_null() {
        assertThat(post(AT + "/mitigations", "{\"kind\":\"RESTART\",\"text\":\"t\"}")
                        .status())
                .isEqualTo(200);
        var absent = desk.last().orElseThrow().command();

        post(AT + "/mitigations", """
                {"kind":"RESTART","text":"t","occurredAt":null,"destructive":null,"restsOn":null,"blind":null,"undo":null,
                 "parallelBecause":null,"evidenceWaivedBecause":null}""");

        assertThat(desk.handed()).hasSize(2);
        assertThat(desk.last().orElseThrow().command())
                .isEqualTo(absent)
                .isEqualTo(new BeginMitigation(
                        INCIDENT,
                        AT_NOW,
                        MitigationKind.RESTART,
                        text("t"),
                        false,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void the_answer_lists_what_was_recorded() {
        desk.answers(command -> new Accepted(
                5,
                OptionalLong.of(1042),
                List.of(
                        new HypothesisProposed(
                                INCIDENT, AT_NOW, HypothesisId.number(1), text("s"), some("p"), some("r")),
                        new PrimaryHypothesisChosen(INCIDENT, AT_NOW, HypothesisId.number(1), Optional.empty()),
                        new NoteAdded(INCIDENT, AT_NOW, text("n")))));

        var answer = post(AT + "/notes", "{\"text\":\"t\"}");

        assertThat(answer.header("ETag")).isEqualTo("\"5\"");
        assertThat(answer.body()).isEqualTo("""
                        {"incidentId":"inc-1","version":5,"position":1042,"events":[\
                        {"kind":"hypothesis-proposed","entry":3,"item":"hypothesis-1"},\
                        {"kind":"primary-hypothesis-chosen","entry":4,"item":"hypothesis-1"},\
                        {"kind":"note-added","entry":5,"item":null}]}""");
    }

    @Test
    void a_command_that_changes_nothing_is_answered_without_events() {
        var answer = post(AT + "/entries/5/pin", "{}");

        assertThat(answer.body()).isEqualTo("{\"incidentId\":\"inc-1\",\"version\":7,\"position\":null,\"events\":[]}");
    }

    @Test
    void an_incident_is_not_merged_into_one_that_nobody_declared() {
        var answer = post(AT + "/merge", "{\"into\":\"inc-3\",\"because\":\"the same\"}");

        answer.isProblem(422, "unknown-merge-target");
        assertThat(desk.handed()).isEmpty();
    }
}
