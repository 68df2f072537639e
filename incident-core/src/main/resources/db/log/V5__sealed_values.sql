-- Words, beside the events that hold commitments in their place. These rows are no evidence: what a commitment says can be
-- checked for as long as its row is there, and a redaction takes the row away.

create table log.sealed_value (
    event_id  uuid           not null,
    path      varchar(1000)  not null,
    key_id    uuid           not null,
    nonce     bytea          not null,
    box       bytea          not null,
    constraint sealed_value_place primary key (event_id, path)
);

-- Keys of rows that are gone, until they are destroyed.
create table log.shred_pending (
    key_id    uuid           not null,
    event_id  uuid           not null,
    path      varchar(1000)  not null,
    constraint shred_pending_key primary key (key_id)
);

create index shred_pending_event on log.shred_pending (event_id);

-- A schema of its own, which can be backed up apart, and for a shorter time.
create schema if not exists keys;

create table keys.sealing_key (
    key_id   uuid   not null,
    wrapped  bytea  not null,
    constraint sealing_key_identity primary key (key_id)
);

-- One row, once the log was opened: the key of the installation that wraps all others, by its fingerprint.
create table keys.installation_key (
    id           integer      not null,
    fingerprint  varchar(64)  not null,
    constraint installation_key_one_row primary key (id),
    constraint installation_key_id check (id = 1)
);
