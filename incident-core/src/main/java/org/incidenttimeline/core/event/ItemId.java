package org.incidenttimeline.core.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of one thing inside one incident: its kind and its number there, {@code hypothesis-2}. It is given by the
 * incident in the order of recording, so it needs no randomness, and people can say it aloud.
 */
public sealed interface ItemId {
    String value();

    record ImpactWindowId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public ImpactWindowId {
            Form.check("impact", value);
        }

        public static ImpactWindowId number(int n) {
            return new ImpactWindowId("impact-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record FreezeId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public FreezeId {
            Form.check("freeze", value);
        }

        public static FreezeId number(int n) {
            return new FreezeId("freeze-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record FreezeExceptionId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public FreezeExceptionId {
            Form.check("exception", value);
        }

        public static FreezeExceptionId number(int n) {
            return new FreezeExceptionId("exception-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record SymptomId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public SymptomId {
            Form.check("symptom", value);
        }

        public static SymptomId number(int n) {
            return new SymptomId("symptom-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record ChangeId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public ChangeId {
            Form.check("change", value);
        }

        public static ChangeId number(int n) {
            return new ChangeId("change-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record EvidenceId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public EvidenceId {
            Form.check("evidence", value);
        }

        public static EvidenceId number(int n) {
            return new EvidenceId("evidence-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record HypothesisId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public HypothesisId {
            Form.check("hypothesis", value);
        }

        public static HypothesisId number(int n) {
            return new HypothesisId("hypothesis-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record TestId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public TestId {
            Form.check("test", value);
        }

        public static TestId number(int n) {
            return new TestId("test-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record MitigationId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public MitigationId {
            Form.check("mitigation", value);
        }

        public static MitigationId number(int n) {
            return new MitigationId("mitigation-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record UpdateId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public UpdateId {
            Form.check("update", value);
        }

        public static UpdateId number(int n) {
            return new UpdateId("update-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record FindingId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public FindingId {
            Form.check("finding", value);
        }

        public static FindingId number(int n) {
            return new FindingId("finding-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record ActionId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public ActionId {
            Form.check("action", value);
        }

        public static ActionId number(int n) {
            return new ActionId("action-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record InjectId(@JsonValue String value) implements ItemId {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public InjectId {
            Form.check("inject", value);
        }

        public static InjectId number(int n) {
            return new InjectId("inject-" + n);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /** The common form of all of them. */
    final class Form {
        private static final Pattern NUMBER = Pattern.compile("-[1-9][0-9]{0,8}");

        private Form() {}

        private static void check(String kind, String value) {
            if (!value.startsWith(kind)
                    || !NUMBER.matcher(value.substring(kind.length())).matches()) {
                throw new InvalidValue("must be " + kind + "- and a number, for instance " + kind + "-1");
            }
        }
    }
}
