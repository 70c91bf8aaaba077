-- For analysts: what is known now, and what every report was. All views run with the reader's own rights.

create or replace view standing_report with (security_invoker = true) as
select r.*
from monthly_report r
where not exists (
    select from report_withdrawal w
    where w.site_id = r.site_id and w.month = r.month and w.through_receipt >= r.receipt_id);
comment on view standing_report is
    'Every accepted version of every report that nobody has withdrawn (columns as in monthly_report).';

create or replace view current_report with (security_invoker = true) as
select r.*
from standing_report r
where not exists (
    select from monthly_report later
    where later.site_id = r.site_id and later.month = r.month and later.receipt_id > r.receipt_id);
comment on view current_report is
    'The accepted report of each clinic and month whose file arrived last (columns as in monthly_report). '
    'Null means "not reported".';

create or replace view report with (security_invoker = true) as
select s.code as site, s.name as site_name, g.code as region, r.month, r.version,
       r.receipt_id = max(r.receipt_id) over (partition by r.site_id, r.month) and w.withdrawn_at is null as is_current,
       r.arrived_at, r.arrived_at at time zone p.time_zone < m.due_on + 1 as in_time,
       c.file_name, c.sha256, r.line, r.receipt_id, s.provenance, r.site_id,
       w.withdrawn_at
from monthly_report r
join site s using (site_id)
join region g using (region_id)
join reporting_month m using (month)
cross join programme p
left join receipt c using (receipt_id)
left join lateral (
    select min(withdrawn_at) as withdrawn_at
    from report_withdrawal w
    where w.site_id = r.site_id and w.month = r.month and w.through_receipt >= r.receipt_id) as w on true;
comment on view report is
    'Every version of every report with its origin: the file, its SHA-256 (null as in receipt) and the line in it.';
comment on column report.is_current is
    'True for the version whose file arrived last: the one that the figures use. None of a withdrawn report is.';
comment on column report.withdrawn_at is 'When it was withdrawn (report_withdrawal says why); null while it stands.';
comment on column report.in_time is 'Whether it arrived by the month''s deadline.';
comment on column report.line is 'Line in the file, from 1.';

create or replace view expected_report with (security_invoker = true) as
with programme_month as not materialized (
    select m.month, m.due_on, p.time_zone
    from programme p
    join reporting_month m on m.month between p.first_month
        and greatest(p.last_month, date_trunc('month', now() at time zone p.time_zone - interval '1 month')::date)
), open_month as (
    select distinct i.site_id, m.month
    from site_interval i
    join programme_month m on i.starts_on < m.month + interval '1 month' and coalesce(i.ends_on, 'infinity') >= m.month
    where i.status = 'open'
), site_month as (
    select s.site_id, m.month, m.due_on, m.time_zone,
           o.site_id is not null or not exists (select from site_interval i where i.site_id = s.site_id) as expected
    from site s
    cross join programme_month m
    left join open_month o using (site_id, month)
), arrival as (
    select site_id, month, min(arrived_at) as first_arrived_at, count(*) as versions
    from standing_report group by site_id, month
)
select x.site_id, x.month, x.due_on, x.expected, a.first_arrived_at, coalesce(a.versions, 0)::int as versions,
       case
           when a.site_id is null and not x.expected then 'not_applicable'
           when a.site_id is null and exists (
               select from rejected_row q
               where q.site_id = x.site_id and q.month = x.month
                 and q.superseded_by is null and q.closed_at is null) then 'rejected'
           when a.site_id is null and now() at time zone x.time_zone < x.due_on + 1 then 'awaited'
           when a.site_id is null then 'late'
           when not x.expected then 'unexpected'
           when a.first_arrived_at at time zone x.time_zone < x.due_on + 1 then 'received'
           else 'received_late'
       end as state
from site_month x
left join arrival a using (site_id, month);
comment on view expected_report is
    'Each clinic and month of the programme''s time: whether a report is expected by the calendar, and what became of it.';
comment on column expected_report.expected is 'True where the clinic was open on at least one day of the month.';
comment on column expected_report.first_arrived_at is 'When the first accepted version arrived that nobody has withdrawn.';
comment on column expected_report.state is
    'received; received_late (after the deadline); awaited (deadline not reached); late (deadline passed, nothing '
    'came); rejected (something came, was refused and is still open); unexpected (a report of a clinic that was not open); '
    'not_applicable (none expected).';

create or replace view completeness with (security_invoker = true) as
select month,
       count(*) filter (where expected) as expected,
       count(*) filter (where expected and state in ('received', 'received_late')) as received,
       count(*) filter (where expected and state = 'received') as received_in_time
from expected_report
group by month;
comment on view completeness is
    'By month: reports expected, received and received in time. Unexpected reports are not counted, so '
    'received <= expected always. Completeness = received / expected; timeliness = received_in_time / expected.';

comment on column report.site is 'Code of the clinic.';
comment on column report.site_name is 'Its name in English, or the only one known.';
comment on column report.region is 'Code of its region.';
comment on column expected_report.due_on is 'Last day on which the report arrives in time.';
comment on column expected_report.versions is 'Accepted versions so far that nobody has withdrawn; 0: none.';
comment on column completeness.expected is 'Reports expected by the clinics'' calendars.';
comment on column completeness.received is 'Of those: received by now.';
comment on column completeness.received_in_time is 'Of those: received by the deadline.';
