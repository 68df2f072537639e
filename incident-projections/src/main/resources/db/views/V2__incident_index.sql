-- Lists, search, and the freeze check as one indexed read. Views change by being rebuilt: what changes its shape here is
-- dropped, and with it how far it had come.

-- One row for each incident. place is the position of its declaration, listed_at the time that the declaration claimed:
-- neither changes, so a list has an order that no write disturbs.
create table ${flyway:defaultSchema}.incident_index (
    incident_id  varchar(64)                 not null,
    version      bigint                      not null,
    place        bigint                      not null,
    listed_at    timestamp(6) with time zone not null,
    declared_at  timestamp(6) with time zone not null,
    started_at   timestamp(6) with time zone null,
    phase        varchar(32)                 not null,
    severity     varchar(32)                 not null,
    mode         varchar(32)                 not null,
    visibility   varchar(32)                 not null,
    lead         varchar(100)                not null,
    body         varchar                     not null,
    constraint incident_index_of_incident primary key (incident_id)
);

create index incident_index_newest on ${flyway:defaultSchema}.incident_index (listed_at desc, place desc);
create index incident_index_phase on ${flyway:defaultSchema}.incident_index (phase);
create index incident_index_lead on ${flyway:defaultSchema}.incident_index (lead);
create index incident_index_declared on ${flyway:defaultSchema}.incident_index (declared_at);
create index incident_index_started on ${flyway:defaultSchema}.incident_index (started_at);

-- Names are folded to one case.
create table ${flyway:defaultSchema}.incident_service (
    service      varchar(100) not null,
    incident_id  varchar(64)  not null,
    constraint incident_service_touches primary key (service, incident_id)
);

create index incident_service_of_incident on ${flyway:defaultSchema}.incident_service (incident_id);

create table ${flyway:defaultSchema}.incident_person (
    person       varchar(100) not null,
    incident_id  varchar(64)  not null,
    constraint incident_person_is_named primary key (person, incident_id)
);

create index incident_person_of_incident on ${flyway:defaultSchema}.incident_person (incident_id);

-- One row for each timeline entry. place is its position in the log, by which its terms name it.
create table ${flyway:defaultSchema}.search_entry (
    incident_id  varchar(64) not null,
    entry        bigint      not null,
    version      bigint      not null,
    place        bigint      not null,
    body         varchar     not null,
    constraint search_entry_number primary key (incident_id, entry),
    constraint search_entry_place unique (place)
);

create table ${flyway:defaultSchema}.search_term (
    term   bytea  not null,
    place  bigint not null,
    constraint search_term_occurs primary key (term, place)
);

-- With what the cursors of lists are sealed. A view that is built anew gets another, and old cursors end.
create table ${flyway:defaultSchema}.cursor_key (
    id     integer not null,
    secret bytea   not null,
    constraint cursor_key_one_row primary key (id),
    constraint cursor_key_id check (id = 1)
);

drop table ${flyway:defaultSchema}.freeze_scope;
drop table ${flyway:defaultSchema}.freeze;
delete from ${flyway:defaultSchema}.freeze_incident;

-- place is the position at which changes were frozen; by it the tables below name a freeze.
create table ${flyway:defaultSchema}.freeze (
    incident_id  varchar(64)  not null,
    freeze_id    varchar(32)  not null,
    version      bigint       not null,
    place        bigint       not null,
    is_on        boolean      not null,
    body         varchar      not null,
    constraint freeze_of_incident primary key (incident_id, freeze_id),
    constraint freeze_place unique (place)
);

create index freeze_on on ${flyway:defaultSchema}.freeze (is_on, place);

-- What the freezes of live incidents cover while they are on, service by environment, in names folded to one case.
create table ${flyway:defaultSchema}.freeze_scope (
    service      varchar(100) not null,
    environment  varchar(100) not null,
    place        bigint       not null,
    constraint freeze_scope_covers primary key (service, environment, place)
);

create index freeze_scope_of_freeze on ${flyway:defaultSchema}.freeze_scope (place);

-- The changes that may pass a freeze.
create table ${flyway:defaultSchema}.freeze_exempted (
    place        bigint       not null,
    change_name  varchar(500) not null,
    constraint freeze_exempted_change primary key (place, change_name)
);

drop table ${flyway:defaultSchema}.action_item;

-- place is the position at which the action was assigned; an action without a date is due on the last day there is.
create table ${flyway:defaultSchema}.action_item (
    incident_id  varchar(64)  not null,
    action_id    varchar(32)  not null,
    version      bigint       not null,
    place        bigint       not null,
    status       varchar(32)  not null,
    due          date         not null,
    owner        varchar(100) null,
    body         varchar      not null,
    constraint action_item_of_incident primary key (incident_id, action_id)
);

create index action_item_due on ${flyway:defaultSchema}.action_item (status, due, place);
create index action_item_owner on ${flyway:defaultSchema}.action_item (owner, due, place);

delete from ${flyway:defaultSchema}.view_progress where view in ('freeze-view', 'action-view');
delete from ${flyway:defaultSchema}.token_entry where processor_name in ('freeze-view', 'action-view');
