-- The ledger: one leaf of a Merkle tree for each event, and what must be kept of the tree to extend it. Leaves stand
-- beside the events, of which nobody has to read them who reads an event.

create table log.leaf (
    position   bigint  not null,
    leaf_hash  bytea   not null,
    seal       bytea   not null,
    constraint leaf_position primary key (position)
);

-- Empty until the log is opened for the first time. The size is the position of the newest event.
alter table log.log_head add column ledger_origin varchar(255);
alter table log.log_head add column ledger_size bigint default 0 not null;
alter table log.log_head add column ledger_frontier bytea;
alter table log.log_head add column ledger_root bytea;
-- What a check found wrong. While it stands there, no node writes.
alter table log.log_head add column ledger_fault varchar(2000);

create table log.checkpoint (
    size       bigint                      not null,
    note       varchar(4000)               not null,
    frontier   bytea                       not null,
    signed_at  timestamp(6) with time zone not null,
    constraint checkpoint_size primary key (size)
);

-- Signatures that came later under a checkpoint: of witnesses, and of the ledger's next key.
create table log.cosignature (
    size         bigint                      not null,
    key_name     varchar(255)                not null,
    key_id       varchar(8)                  not null,
    line         varchar(1000)               not null,
    received_at  timestamp(6) with time zone not null,
    constraint cosignature_holder primary key (size, key_name, key_id),
    constraint cosignature_checkpoint foreign key (size) references log.checkpoint (size)
);
