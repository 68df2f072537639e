-- Recurring work: when each piece runs next, and which node runs it now. The columns are those of db-scheduler; nothing in
-- here is about incidents, and a row that is lost comes back at the next start. One file for H2 (MODE=PostgreSQL) and
-- PostgreSQL.
create table app.scheduled_task (
    task_name             varchar(100)                not null,
    task_instance         varchar(100)                not null,
    task_data             bytea                       null,
    execution_time        timestamp(6) with time zone not null,
    picked                boolean                     not null,
    picked_by             varchar(50)                 null,
    last_success          timestamp(6) with time zone null,
    last_failure          timestamp(6) with time zone null,
    consecutive_failures  integer                     null,
    last_heartbeat        timestamp(6) with time zone null,
    version               bigint                      not null,
    priority              smallint                    null,
    constraint scheduled_task_once primary key (task_name, task_instance)
);

create index scheduled_task_due on app.scheduled_task (execution_time);

create index scheduled_task_heartbeat on app.scheduled_task (last_heartbeat);
