-- The event log. One file for H2 (MODE=PostgreSQL) and PostgreSQL.
-- Positions are given by the writer that holds the head row, never by the database: so they have no gaps,
-- and the order of positions is the order of commits.

create table log.event (
    position         bigint                      not null,
    event_id         uuid                        not null,
    aggregate_type   varchar(64)                 not null,
    stream_id        varchar(255)                not null,
    sequence_number  bigint                      not null,
    name             varchar(128)                not null,
    revision         integer                     not null,
    recorded_at      timestamp(6) with time zone not null,
    payload          varchar                     not null,
    metadata         varchar                     not null,
    constraint event_position primary key (position),
    constraint event_stream_sequence unique (stream_id, sequence_number),
    constraint event_identity unique (event_id),
    constraint event_position_counts_from_one check (position >= 1),
    constraint event_sequence_counts_from_zero check (sequence_number >= 0),
    constraint event_revision_counts_from_one check (revision >= 1)
);

-- One row. Every writer locks it before it numbers its events.
create table log.log_head (
    id                integer                     not null,
    last_position     bigint                      not null,
    last_recorded_at  timestamp(6) with time zone not null,
    constraint log_head_one_row primary key (id),
    constraint log_head_id check (id = 1)
);

insert into log.log_head (id, last_position, last_recorded_at)
values (1, 0, timestamp with time zone '1970-01-01 00:00:00+00');

-- Names that one stream at a time may hold, written in the transaction of the events that take or release them.
create table log.unique_key (
    scope      varchar(64)  not null,
    key_name   varchar(512) not null,
    stream_id  varchar(255) not null,
    constraint unique_key_holder primary key (scope, key_name)
);

create index unique_key_of_stream on log.unique_key (stream_id);
