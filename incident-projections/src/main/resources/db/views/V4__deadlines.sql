-- What is still to come of each incident that ever promised something, and the soonest of it. One file for H2
-- (MODE=PostgreSQL) and PostgreSQL.
create table ${flyway:defaultSchema}.deadline (
    incident_id  varchar(64)                 not null,
    version      bigint                      not null,
    due_at       timestamp(6) with time zone null,
    body         varchar                     not null,
    constraint deadline_of_incident primary key (incident_id)
);

create index deadline_due on ${flyway:defaultSchema}.deadline (due_at);
