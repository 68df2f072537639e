-- The place of each incident's last event: an answer about the past need look again only at what changed since then. The
-- index is built again from the log.
delete from views.incident_person;
delete from views.incident_service;
delete from views.incident_index;
alter table views.incident_index add column changed_place bigint not null;
create index incident_index_changed on views.incident_index (changed_place);
delete from views.view_progress where view = 'incident-index-view';
delete from views.token_entry where processor_name = 'incident-index-view';
