-- Files that tell of past incidents, and what became of each of their lines. What they led to is in the log; this is kept
-- for the report, and so that an import goes on where it stopped.

create table app.import_run (
    import_id    varchar(36)                 not null,
    state        varchar(16)                 not null,
    terms        varchar                     not null,
    provenance   varchar                     not null,
    principal    varchar                     not null,
    received_at  timestamp(6) with time zone not null,
    touched_at   timestamp(6) with time zone not null,
    finished_at  timestamp(6) with time zone null,
    constraint import_run_once primary key (import_id)
);

create index import_run_in_state on app.import_run (state, touched_at);

-- The body goes once the line is carried out: whose words they are is then the log's to keep.
create table app.import_line (
    import_id    varchar(36)                 not null,
    line         integer                     not null,
    kind         integer                     not null,
    incident_id  varchar(64)                 null,
    source_id    varchar(500)                null,
    happened_at  timestamp(6) with time zone null,
    path         varchar                     not null,
    body         varchar                     null,
    identity     varchar(64)                 not null,
    outcome      varchar(16)                 not null,
    entry        bigint                      null,
    code         varchar(64)                 null,
    detail       varchar                     null,
    errors       varchar                     null,
    constraint import_line_of_run primary key (import_id, line)
);

create index import_line_of_incident on app.import_line (import_id, incident_id, outcome);
