-- Words are kept in a form that only the installation can read, so that rows which were replaced or deleted tell nothing to whoever
-- reads the files of the database. All views are built again from the log.
delete from ${flyway:defaultSchema}.freeze_scope;
delete from ${flyway:defaultSchema}.incident_service;
delete from ${flyway:defaultSchema}.search_term;
delete from ${flyway:defaultSchema}.guide_service;
delete from ${flyway:defaultSchema}.timeline_correction;
delete from ${flyway:defaultSchema}.timeline_entry;
delete from ${flyway:defaultSchema}.status_card;
delete from ${flyway:defaultSchema}.freeze_incident;
delete from ${flyway:defaultSchema}.freeze;
delete from ${flyway:defaultSchema}.action_item;
delete from ${flyway:defaultSchema}.deadline;
delete from ${flyway:defaultSchema}.incident_index;
delete from ${flyway:defaultSchema}.search_entry;
delete from ${flyway:defaultSchema}.guide;

alter table ${flyway:defaultSchema}.timeline_correction drop column body;
alter table ${flyway:defaultSchema}.timeline_correction add column body bytea not null;
alter table ${flyway:defaultSchema}.timeline_entry drop column body;
alter table ${flyway:defaultSchema}.timeline_entry add column body bytea not null;
alter table ${flyway:defaultSchema}.status_card drop column body;
alter table ${flyway:defaultSchema}.status_card add column body bytea not null;
alter table ${flyway:defaultSchema}.freeze_incident drop column body;
alter table ${flyway:defaultSchema}.freeze_incident add column body bytea not null;
alter table ${flyway:defaultSchema}.freeze drop column body;
alter table ${flyway:defaultSchema}.freeze add column body bytea not null;
alter table ${flyway:defaultSchema}.action_item drop column body;
alter table ${flyway:defaultSchema}.action_item add column body bytea not null;
alter table ${flyway:defaultSchema}.deadline drop column body;
alter table ${flyway:defaultSchema}.deadline add column body bytea not null;
alter table ${flyway:defaultSchema}.incident_index drop column body;
alter table ${flyway:defaultSchema}.incident_index add column body bytea not null;
alter table ${flyway:defaultSchema}.search_entry drop column body;
alter table ${flyway:defaultSchema}.search_entry add column body bytea not null;
alter table ${flyway:defaultSchema}.guide drop column body;
alter table ${flyway:defaultSchema}.guide add column body bytea not null;

alter table ${flyway:defaultSchema}.guide drop column recognition;
alter table ${flyway:defaultSchema}.guide add column recognition bytea null;

drop table ${flyway:defaultSchema}.freeze_exempted;
create table ${flyway:defaultSchema}.freeze_exempted (
    place        bigint       not null,
    change_name  bytea        not null,
    constraint freeze_exempted_change primary key (place, change_name)
);

drop table ${flyway:defaultSchema}.incident_person;
create table ${flyway:defaultSchema}.incident_person (
    person       bytea        not null,
    incident_id  varchar(64)  not null,
    constraint incident_person_is_named primary key (person, incident_id)
);

create index incident_person_of_incident on ${flyway:defaultSchema}.incident_person (incident_id);

drop index ${flyway:defaultSchema}.incident_index_lead;
alter table ${flyway:defaultSchema}.incident_index drop column lead;
alter table ${flyway:defaultSchema}.incident_index add column lead bytea not null;
create index incident_index_lead on ${flyway:defaultSchema}.incident_index (lead);

drop index ${flyway:defaultSchema}.action_item_owner;
alter table ${flyway:defaultSchema}.action_item drop column owner;
alter table ${flyway:defaultSchema}.action_item add column owner bytea null;
create index action_item_owner on ${flyway:defaultSchema}.action_item (owner, due, place);

delete from ${flyway:defaultSchema}.view_progress;
delete from ${flyway:defaultSchema}.token_entry where processor_name like '%-view';
