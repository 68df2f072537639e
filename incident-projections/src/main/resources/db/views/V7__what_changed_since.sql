-- The place of each incident's last event: an answer about the past need look again only at what changed since then. The
-- index is built again from the log.
delete from ${flyway:defaultSchema}.incident_person;
delete from ${flyway:defaultSchema}.incident_service;
delete from ${flyway:defaultSchema}.incident_index;
alter table ${flyway:defaultSchema}.incident_index add column changed_place bigint not null;
create index incident_index_changed on ${flyway:defaultSchema}.incident_index (changed_place);
delete from ${flyway:defaultSchema}.view_progress where view = 'incident-index-view';
delete from ${flyway:defaultSchema}.token_entry where processor_name = 'incident-index-view';
