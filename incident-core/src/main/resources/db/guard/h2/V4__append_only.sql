-- What is evidence can be added to and never changed. Only who may drop triggers can change it.

create trigger log.event_append_only before update, delete on log.event
    call 'org.incidenttimeline.core.guard.AppendOnly';
create trigger log.leaf_append_only before update, delete on log.leaf
    call 'org.incidenttimeline.core.guard.AppendOnly';
create trigger log.checkpoint_append_only before update, delete on log.checkpoint
    call 'org.incidenttimeline.core.guard.AppendOnly';
create trigger log.cosignature_append_only before update, delete on log.cosignature
    call 'org.incidenttimeline.core.guard.AppendOnly';

-- H2 fires no trigger for TRUNCATE, and refuses it where another table refers to this one. No row is ever in here.
alter table log.cosignature add constraint cosignature_line unique (size, key_id);
create table log.never_truncated (
    event_position       bigint,
    leaf_position        bigint,
    checkpoint_size      bigint,
    cosignature_size     bigint,
    cosignature_key_id   varchar(8),
    constraint never_truncated_event foreign key (event_position) references log.event (position),
    constraint never_truncated_leaf foreign key (leaf_position) references log.leaf (position),
    constraint never_truncated_checkpoint foreign key (checkpoint_size) references log.checkpoint (size),
    constraint never_truncated_cosignature foreign key (cosignature_size, cosignature_key_id)
        references log.cosignature (size, key_id)
);
