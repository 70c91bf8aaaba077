-- For analysts: which months are closed to changes.

create or replace view locked_month with (security_invoker = true) as
select s.site_id, m.month
from reporting_month m
cross join site s
where m.locks_on <= programme_time(now())::date and not exists (
    select from lock_exception e
    where e.month = m.month and (e.site_id = s.site_id or e.site_id is null)
      and e.ends_on >= programme_time(now())::date);
comment on view locked_month is
    'The months that are closed to changes today, by clinic: those past their day of locking (reporting_month.locks_on) that '
    'no exception (lock_exception) opens. A row that says what is known already is no change.';
grant select on locked_month to mmt_analyst, mmt_ingest;
revoke select on locked_month from mmt_web;
