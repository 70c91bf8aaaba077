-- For /metrics: the reports of the last month whose deadline has passed, those absent, and open flags by code (every
-- code that has words, so that none appears out of nothing).
with due as (
    select max(m.month) as month
    from reporting_month m
    cross join programme p
    where m.due_on < programme_time(now())::date and m.month >= p.first_month
), reports as (
    select count(*) filter (where x.expected) as expected,
           count(*) filter (where x.expected and x.state in ('received', 'received_late')) as received,
           count(*) filter (where x.expected and x.state = 'received') as in_time
    from due
    join expected_report x using (month)
), code as (
    select substr(key, length('flag.') + 1) as code from wording where language = 'en' and key ~ '^flag\.[a-z_0-9]+$'
    union
    select code from report_flag
), flagged as (
    select code, count(*) as flags from flag_state where state <> 'resolved' group by code
)
select 'mmt_due_month_reports_' || state as metric, null as label, value
from reports
cross join lateral (values ('expected', expected), ('received', received), ('in_time', in_time)) as r (state, value)
union all
select 'mmt_due_month_timestamp_seconds', null, extract(epoch from month)::bigint from due
union all
select 'mmt_reports_absent', null, count(*) from absent_report
union all
select 'mmt_flags_open', code, coalesce(flags, 0) from code left join flagged using (code)
order by metric, label;
