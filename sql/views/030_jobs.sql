-- For whoever keeps the programme running: what ran, what is silent, which reports have not come.

create or replace view job_history with (security_invoker = true) as
select r.job_run_id, r.job, r.started_at, r.finished_at,
       case when r.outcome = 'running' and not job_run_lives(r.job_run_id) then 'interrupted' else r.outcome end as outcome,
       r.files, r.files_refused, r.host, r.error
from job_run r;
comment on view job_history is 'Every run of every job. A run that was killed is interrupted here from that moment on.';
comment on column job_history.job_run_id is 'Number of the run.';
comment on column job_history.job is 'The job; inbox is `mmt inbox`.';
comment on column job_history.started_at is 'When it began.';
comment on column job_history.finished_at is 'When it ended; null while it runs, and for one that was killed.';
comment on column job_history.outcome is
    'completed (files may still have been refused); failed (the machinery failed); interrupted (killed or stopped before '
    'its end); running.';
comment on column job_history.files is 'Files that it loaded; those known already are not counted.';
comment on column job_history.files_refused is 'Of those: refused whole, or with rows refused.';
comment on column job_history.host is 'The machine that it ran on.';
comment on column job_history.error is 'What failed, for the operator.';

create or replace view job_alert with (security_invoker = true) as
with success as (
    select job, max(finished_at) as last_success_at from job_run where outcome = 'completed' group by job
)
select j.name as job, case when s.last_success_at is null then 'never_ran' else 'silent' end as reason,
       s.last_success_at, s.last_success_at + j.expected_every + j.grace as due_at, j.expected_every, j.grace, j.owner
from job j
left join success s on s.job = j.name
cross join programme p
where case when s.last_success_at is null then j.expected_every is not null and p.first_month is not null
           else now() > s.last_success_at + j.expected_every + j.grace end;
comment on view job_alert is
    'Jobs that should have succeeded by now and have not: one row is one alert, and no row is good news. '
    'A job that nobody waits for (expected_every null) raises none.';
comment on column job_alert.job is 'The job.';
comment on column job_alert.reason is
    'silent (its last success is older than expected_every + grace); never_ran (no success yet, and the programme has data).';
comment on column job_alert.last_success_at is 'When it last succeeded; null where it never has.';
comment on column job_alert.due_at is 'Until when it should have succeeded again; null where it never has.';
comment on column job_alert.expected_every is 'A run is expected to succeed at least this often.';
comment on column job_alert.grace is 'How much later is still no alert.';
comment on column job_alert.owner is 'Whom to tell; null where nobody was named.';

create or replace view absent_report with (security_invoker = true) as
select s.code as site, s.name as site_name, g.code as region, x.month, x.due_on,
       programme_time(now())::date - x.due_on as days_late, s.provenance, x.site_id
from expected_report x
join site s using (site_id)
join region g using (region_id)
where x.state = 'late';
comment on view absent_report is
    'Reports that were expected, whose deadline has passed, and of which nothing has come (expected_report, state late).';
comment on column absent_report.site is 'Code of the clinic.';
comment on column absent_report.site_name is 'Its name in English, or the only one known.';
comment on column absent_report.region is 'Code of its region.';
comment on column absent_report.month is 'First day of the month that was to be reported on.';
comment on column absent_report.due_on is 'Last day on which the report would have arrived in time.';
comment on column absent_report.days_late is 'Days since then, by the programme''s calendar.';
comment on column absent_report.provenance is 'Where the clinic''s data come from, as in site.';
comment on column absent_report.site_id is 'Number of the clinic inside the database.';

grant select on job_history, job_alert, absent_report to mmt_web, mmt_analyst, mmt_ingest;
