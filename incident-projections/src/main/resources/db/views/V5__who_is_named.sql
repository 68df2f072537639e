-- Cards say who is named, and entries on whose behalf a tool acted: both views are built again from the log.
delete from ${flyway:defaultSchema}.status_card;
delete from ${flyway:defaultSchema}.timeline_correction;
delete from ${flyway:defaultSchema}.timeline_entry;
delete from ${flyway:defaultSchema}.view_progress where view in ('status-board-view', 'timeline-view');
delete from ${flyway:defaultSchema}.token_entry where processor_name in ('status-board-view', 'timeline-view');
