-- What a caller's key led to, written in the transaction of the events. It refers to them and repeats no word of them.
-- Rows are evidence of nothing: they are forgotten after some days.

create table log.receipt (
    scope           varchar(512)                not null,
    key_name        varchar(128)                not null,
    fingerprint     varchar(64)                 not null,
    stream_id       varchar(255)                not null,
    first_sequence  bigint                      not null,
    parts           varchar(4000)               not null,
    position        bigint                      not null,
    recorded_at     timestamp(6) with time zone not null,
    constraint receipt_holder primary key (scope, key_name),
    constraint receipt_sequence_counts_from_zero check (first_sequence >= 0)
);

create index receipt_age on log.receipt (recorded_at);
