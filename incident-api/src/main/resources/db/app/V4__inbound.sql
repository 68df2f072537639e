-- Who sends to us unasked, and what they told that no incident holds yet. One file for H2 (MODE=PostgreSQL) and PostgreSQL.

-- A system that delivers alerts, deployments or events. Its secrets are sealed; the settings are JSON.
create table app.source (
    source_id              varchar(64)                 not null,
    kind                   varchar(32)                 not null,
    name                   varchar(100)                not null,
    enabled                boolean                     not null,
    secret                 varchar                     not null,
    secret_set_at          timestamp(6) with time zone not null,
    previous_secret        varchar                     null,
    previous_secret_until  timestamp(6) with time zone null,
    settings               varchar                     not null,
    created_at             timestamp(6) with time zone not null,
    constraint source_identity primary key (source_id)
);

-- The incident that a group of alerts was told to last. Keys of groups have any length and any characters, so their
-- digest stands here.
create table app.alert_group (
    source_id    varchar(64)                 not null,
    group_key    varchar(64)                 not null,
    incident_id  varchar(64)                 not null,
    told_at      timestamp(6) with time zone not null,
    constraint alert_group_of_source primary key (source_id, group_key)
);

create index alert_group_told on app.alert_group (told_at);

-- How a deployment, or another change, stands, as told last. It is told to the open incidents of its service once it ended; until all of
-- them know of it, recorded is false.
create table app.deployment (
    deployment_id   varchar(64)                 not null,
    source_id       varchar(64)                 not null,
    external_id     varchar(200)                not null,
    kind            varchar(32)                 not null,
    service         varchar(100)                not null,
    service_folded  varchar(100)                not null,
    environment     varchar(100)                null,
    state           varchar(32)                 not null,
    what            varchar                     not null,
    made_by         varchar(100)                null,
    reference       varchar(500)                null,
    occurred_at     timestamp(6) with time zone not null,
    received_at     timestamp(6) with time zone not null,
    recorded        boolean                     not null,
    constraint deployment_identity primary key (deployment_id),
    constraint deployment_of_source unique (source_id, external_id)
);

create index deployment_of_service on app.deployment (service_folded, occurred_at);
create index deployment_received on app.deployment (received_at);
