-- The scripts of exercises. Those who practise see the log, so what a script says is kept here until it is delivered. One
-- file for H2 (MODE=PostgreSQL) and PostgreSQL.
create table app.exercise_inject (
    incident_id  varchar(64)                 not null,
    inject_id    varchar(32)                 not null,
    due_at       timestamp(6) with time zone not null,
    kind         varchar(32)                 not null,
    what         varchar                     not null,
    status       varchar(32)                 not null,
    constraint exercise_inject_of_incident primary key (incident_id, inject_id)
);

create index exercise_inject_due on app.exercise_inject (status, due_at);
