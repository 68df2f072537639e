-- Cards say who is named, and entries on whose behalf a tool acted: both views are built again from the log.
delete from views.status_card;
delete from views.timeline_correction;
delete from views.timeline_entry;
delete from views.view_progress where view in ('status-board-view', 'timeline-view');
delete from views.token_entry where processor_name in ('status-board-view', 'timeline-view');
