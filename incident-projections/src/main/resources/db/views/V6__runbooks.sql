-- Runbooks and playbooks as they stand; kind is which of the two. place is the position of the drafting, which never
-- changes. recognition says by what a runbook in use is recognised, so that a suggestion need not read the rest.
create table ${flyway:defaultSchema}.guide (
    kind         varchar(16)  not null,
    guide_id     varchar(64)  not null,
    version      bigint       not null,
    place        bigint       not null,
    state        varchar(32)  not null,
    recognition  varchar      null,
    body         varchar      not null,
    constraint guide_of_its_kind primary key (kind, guide_id)
);

create index guide_newest on ${flyway:defaultSchema}.guide (kind, place desc);

-- The services that it is for, folded to one case.
create table ${flyway:defaultSchema}.guide_service (
    service   varchar(100) not null,
    kind      varchar(16)  not null,
    guide_id  varchar(64)  not null,
    constraint guide_service_is_for primary key (service, kind, guide_id)
);

create index guide_service_of_guide on ${flyway:defaultSchema}.guide_service (kind, guide_id);
