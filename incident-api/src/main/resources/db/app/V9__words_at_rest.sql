-- Words are kept in a form that only the installation can read, see ADR 32. What was planned or told before, and lines of imports that
-- did not end, are in the plain form and go.
delete from app.exercise_inject;
alter table app.exercise_inject drop column what;
alter table app.exercise_inject add column what bytea not null;

delete from app.deployment;
alter table app.deployment drop column what;
alter table app.deployment add column what bytea not null;
alter table app.deployment drop column reference;
alter table app.deployment add column reference bytea null;

delete from app.import_line;
delete from app.import_run;
alter table app.import_line drop column body;
alter table app.import_line add column body bytea null;
alter table app.import_line drop column source_id;
alter table app.import_line add column source_id bytea null;
alter table app.import_line drop column detail;
alter table app.import_line add column detail bytea null;
alter table app.import_line drop column errors;
alter table app.import_line add column errors bytea null;

delete from app.rebuild;
alter table app.rebuild drop column differences;
alter table app.rebuild add column differences bytea null;
