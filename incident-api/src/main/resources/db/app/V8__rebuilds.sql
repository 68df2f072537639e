-- Views that were built anew, or only compared with what a rebuild gives. under_way is 1 for the one that is under way, so
-- that there is one.
create table app.rebuild (
    rebuild_id    varchar(36)                 not null,
    kind          varchar(16)                 not null,
    views         varchar                     not null,
    requested_by  varchar(200)                not null,
    requested_at  timestamp(6) with time zone not null,
    state         varchar(16)                 not null,
    under_way     integer                     null,
    started_at    timestamp(6) with time zone null,
    finished_at   timestamp(6) with time zone null,
    started_from  bigint                      not null,
    reached       bigint                      not null,
    target        bigint                      not null,
    differences   varchar                     null,
    constraint rebuild_once primary key (rebuild_id),
    constraint rebuild_one_under_way unique (under_way)
);

create index rebuild_by_time on app.rebuild (requested_at);
