package org.incidenttimeline.core.guidance;

import java.util.Optional;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.PlaybookEvent;
import org.incidenttimeline.core.event.PlaybookEvent.*;
import org.incidenttimeline.core.event.RunbookEvent;
import org.incidenttimeline.core.event.RunbookEvent.*;

/**
 * What a runbook or a playbook remembers in order to decide.
 *
 * @param version how many events there are
 * @param revision the newest revision; 0 before the first
 * @param author who wrote the newest revision
 * @param approved the revision in use; 0 if none is
 * @param retired whether it was taken out of use
 */
public record Standing(long version, int revision, Optional<Person> author, int approved, boolean retired) {
    /** Where nothing is written yet. */
    public static final Standing UNWRITTEN = new Standing(0, 0, Optional.empty(), 0, false);

    /** This, and one event more. */
    public Standing evolve(RunbookEvent event) {
        return switch (event) {
            case RunbookDrafted e -> written(1, e.author());
            case RunbookRevised e -> written(e.revision(), e.author());
            case RunbookApproved e -> inUse(e.revision());
            case RunbookRetired _ -> outOfUse();
        };
    }

    /** This, and one event more. */
    public Standing evolve(PlaybookEvent event) {
        return switch (event) {
            case PlaybookDrafted e -> written(1, e.author());
            case PlaybookRevised e -> written(e.revision(), e.author());
            case PlaybookApproved e -> inUse(e.revision());
            case PlaybookRetired _ -> outOfUse();
        };
    }

    boolean isWritten() {
        return revision > 0;
    }

    private Standing written(int newest, Person by) {
        return new Standing(version + 1, newest, Optional.of(by), approved, retired);
    }

    private Standing inUse(int nowApproved) {
        return new Standing(version + 1, revision, author, nowApproved, retired);
    }

    private Standing outOfUse() {
        return new Standing(version + 1, revision, author, approved, true);
    }
}
