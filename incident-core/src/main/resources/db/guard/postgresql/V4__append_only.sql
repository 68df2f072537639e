-- What is evidence can be added to and never changed, whoever asks: the triggers fire for the owner and for superusers
-- too, also under session_replication_role = replica. Only who may alter the tables can switch them off.

create function log.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'log.% is append-only: % is refused', tg_table_name, tg_op using errcode = 'insufficient_privilege';
end
$$;

create trigger event_append_only before update or delete or truncate on log.event
    for each statement execute function log.refuse_change();
create trigger leaf_append_only before update or delete or truncate on log.leaf
    for each statement execute function log.refuse_change();
create trigger checkpoint_append_only before update or delete or truncate on log.checkpoint
    for each statement execute function log.refuse_change();
create trigger cosignature_append_only before update or delete or truncate on log.cosignature
    for each statement execute function log.refuse_change();

alter table log.event enable always trigger event_append_only;
alter table log.leaf enable always trigger leaf_append_only;
alter table log.checkpoint enable always trigger checkpoint_append_only;
alter table log.cosignature enable always trigger cosignature_append_only;
