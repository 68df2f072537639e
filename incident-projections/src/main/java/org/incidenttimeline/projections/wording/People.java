package org.incidenttimeline.projections.wording;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.IncidentEvent.IncidentDeclared;
import org.incidenttimeline.core.event.IncidentEvent.RoleAssigned;
import org.incidenttimeline.core.event.IncidentEvent.RoleHandedOver;
import org.incidenttimeline.core.event.Person;
import org.incidenttimeline.core.event.Role;
import org.incidenttimeline.projections.timeline.Timeline;
import org.incidenttimeline.projections.timeline.TimelineEntry;

/**
 * How a document speaks of people: by the role that they had, or by name. Tools are always named. Names that somebody
 * wrote into a text stay there; no program can find them safely.
 */
public sealed interface People {
    /** People by name. */
    static People named() {
        return new Named();
    }

    /** People by the role that this timeline says they held; whoever held none is "a responder". */
    static People inRoles(Timeline timeline) {
        return new InRoles(rolesIn(timeline));
    }

    /** The person in words. */
    Phrase tell(Person person);

    /** The person's name, only where people are named. */
    Optional<Person> name(Person person);

    /** The actor in words. */
    default Phrase tell(Actor actor) {
        return switch (actor.kind()) {
            case HUMAN -> tell(actor.name());
            case TOOL -> Phrase.EMPTY.name(actor.name());
        };
    }

    /** The actor in words, and the human that it acted for. */
    default Phrase tell(Actor actor, Optional<Person> onBehalfOf) {
        return onBehalfOf
                .map(human -> tell(actor).say(" for ").and(tell(human)))
                .orElseGet(() -> tell(actor));
    }

    /** See {@link #named}. */
    record Named() implements People {
        @Override
        public Phrase tell(Person person) {
            return Phrase.EMPTY.quote(person);
        }

        @Override
        public Optional<Person> name(Person person) {
            return Optional.of(person);
        }
    }

    /** See {@link #inRoles}. */
    record InRoles(Map<String, Role> roles) implements People {
        public InRoles {
            roles = Map.copyOf(roles);
        }

        @Override
        public Phrase tell(Person person) {
            return Phrase.of(Optional.ofNullable(roles.get(key(person)))
                    .map(role -> "the " + Names.of(role))
                    .orElse("a responder"));
        }

        @Override
        public Optional<Person> name(Person person) {
            return Optional.empty();
        }
    }

    private static Map<String, Role> rolesIn(Timeline timeline) {
        var roles = new HashMap<String, Role>();
        for (TimelineEntry entry : timeline.asRecorded()) {
            if (entry.event() instanceof IncidentDeclared e) {
                keepHigher(roles, e.lead(), Role.LEAD);
            } else if (entry.event() instanceof RoleAssigned e) {
                keepHigher(roles, e.person(), e.role());
            } else if (entry.event() instanceof RoleHandedOver e) {
                keepHigher(roles, e.to(), e.role());
            }
        }
        return roles;
    }

    private static void keepHigher(Map<String, Role> roles, Person person, Role role) {
        roles.merge(key(person), role, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }

    private static String key(Person person) {
        return person.value().toLowerCase(Locale.ROOT);
    }
}
