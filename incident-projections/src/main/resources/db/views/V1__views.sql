-- The read models, and how far each has come. All of it is a cache of the log: drop the schema, start again, and it is
-- rebuilt. One file for H2 (MODE=PostgreSQL) and PostgreSQL.

-- How far the log is applied to each view, in positions of the log.
create table ${flyway:defaultSchema}.view_progress (
    view      varchar(64)  not null,
    position  bigint       not null,
    constraint view_progress_of_view primary key (view)
);

-- One row for each entry, so that a long timeline costs as much per event as a short one.
-- version is that of the last event that touched the row.
create table ${flyway:defaultSchema}.timeline_entry (
    incident_id  varchar(64)  not null,
    entry        bigint       not null,
    version      bigint       not null,
    pinned       boolean      not null,
    body         varchar      not null,
    constraint timeline_entry_number primary key (incident_id, entry)
);

create table ${flyway:defaultSchema}.timeline_correction (
    incident_id  varchar(64)  not null,
    version      bigint       not null,
    entry        bigint       not null,
    body         varchar      not null,
    constraint timeline_correction_version primary key (incident_id, version)
);

create table ${flyway:defaultSchema}.status_card (
    incident_id  varchar(64)  not null,
    version      bigint       not null,
    is_open      boolean      not null,
    visibility   varchar(32)  not null,
    body         varchar      not null,
    constraint status_card_of_incident primary key (incident_id)
);

create index status_card_open on ${flyway:defaultSchema}.status_card (is_open);

-- What of an incident its freezes depend on.
create table ${flyway:defaultSchema}.freeze_incident (
    incident_id  varchar(64)  not null,
    body         varchar      not null,
    constraint freeze_incident_once primary key (incident_id)
);

create table ${flyway:defaultSchema}.freeze (
    incident_id  varchar(64)  not null,
    freeze_id    varchar(32)  not null,
    version      bigint       not null,
    is_on        boolean      not null,
    body         varchar      not null,
    constraint freeze_of_incident primary key (incident_id, freeze_id)
);

create index freeze_on on ${flyway:defaultSchema}.freeze (is_on);

-- The services that the freezes of live incidents cover while they are on, in names folded to one case.
create table ${flyway:defaultSchema}.freeze_scope (
    service      varchar(100) not null,
    incident_id  varchar(64)  not null,
    freeze_id    varchar(32)  not null,
    constraint freeze_scope_covers primary key (service, incident_id, freeze_id)
);

create index freeze_scope_of_freeze on ${flyway:defaultSchema}.freeze_scope (incident_id, freeze_id);

create table ${flyway:defaultSchema}.action_item (
    incident_id  varchar(64)  not null,
    action_id    varchar(32)  not null,
    version      bigint       not null,
    status       varchar(32)  not null,
    due          date         null,
    owner        varchar(100) null,
    body         varchar      not null,
    constraint action_item_of_incident primary key (incident_id, action_id)
);

create index action_item_due on ${flyway:defaultSchema}.action_item (status, due);

-- Axon's own note of how far each processor has come, and which node runs it.
create table ${flyway:defaultSchema}.token_entry (
    processor_name  varchar(255) not null,
    segment         integer      not null,
    token           bytea        null,
    token_type      varchar(255) null,
    claimed_at      varchar(255) null,
    owner           varchar(255) null,
    constraint token_entry_of_segment primary key (processor_name, segment)
);
