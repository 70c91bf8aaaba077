-- Questions to ask of the reports just loaded (table touched) and of the months next to them.
-- Each branch of the union is one rule: its code, the number seen and the number it was held against.
-- A flag refuses nothing. Flags are derived: those of the months concerned are worked out anew.
with concerned as (
    select site_id, month from touched
    union
    select site_id, (month + interval '1 month')::date from touched
), report as (
    select r.*,
           r.new + r.readmitted + r.transferred_in as admissions,
           r.exit_dropout + r.exit_transferred + r.exit_completed + r.exit_disciplinary + r.exit_detained
               + r.exit_hospital + r.exit_moved + r.exit_died + r.exit_other as exits
    from current_report r
    join concerned using (site_id, month)
), pair as (
    select report.*, before.closing as last_closing, before.client_days as last_client_days,
           to_jsonb(before) as last_cells, to_jsonb(report) as cells
    from report
    left join current_report before
        on before.site_id = report.site_id and before.month = report.month - interval '1 month'
), raised as (
    -- Stock and flow: closing = opening + in − out
    select site_id, month, version, 'caseload_does_not_add_up' as code,
           closing::numeric as seen, (opening + admissions - exits)::numeric as expected
    from pair where closing <> opening + admissions - exits
    union all
    -- This month opens where the last one closed
    select site_id, month, version, 'opening_is_not_last_closing', opening, last_closing
    from pair where opening <> last_closing
    union all
    -- Sent, but blank from end to end
    select site_id, month, version, 'nothing_reported', null, null
    from pair
    where not exists (
        select from jsonb_each(cells - array['admissions', 'exits', 'site_id', 'month', 'version', 'receipt_id', 'line',
                                             'received_at', 'arrived_at', 'submitted_at']) as cell (name, value)
        where value <> 'null')
    union all
    -- Mean daily dose outside 10–200 mg: a unit (ml for mg), or a slip
    select site_id, month, version, 'mean_dose_implausible', round(methadone_mg / client_days, 1), null
    from pair where client_days > 0 and methadone_mg / client_days not between 10 and 200
    union all
    -- The same counts as the month before, to the client-day
    select site_id, month, version, 'copied_from_last_month', client_days, last_client_days
    from pair
    where client_days > 31 and client_days = last_client_days
      and (cells - array['admissions', 'exits', 'month', 'version', 'receipt_id', 'line', 'received_at', 'arrived_at', 'submitted_at'])
        = (last_cells - array['month', 'version', 'receipt_id', 'line', 'received_at', 'arrived_at', 'submitted_at'])
    union all
    -- No test at all in a month with clients enough: perhaps zero was written for "not reported"
    select site_id, month, version, 'no_test_done', tests_done, clients_dosed
    from pair where tests_done = 0 and clients_dosed >= 10
    union all
    -- The parts of a cohort leave somebody out
    select site_id, month, version, 'cohort_leaves_somebody_out', parts, entered
    from pair
    cross join lateral (
        values (cohort3_in + cohort3_dropout + cohort3_transferred + cohort3_died + cohort3_unknown, cohort3_entered),
               (cohort6_in + cohort6_dropout + cohort6_transferred + cohort6_died + cohort6_unknown, cohort6_entered),
               (cohort12_in + cohort12_dropout + cohort12_transferred + cohort12_died + cohort12_unknown, cohort12_entered)
    ) as cohort (parts, entered)
    where parts < entered
    union all
    -- A report from a clinic that was not open
    select p.site_id, p.month, p.version, 'clinic_not_open', null, null
    from pair p
    join expected_report x using (site_id, month)
    where not x.expected
), cleared as (
    delete from report_flag f using concerned c
    where f.site_id = c.site_id and f.month = c.month
      and not exists (
          select from raised r where (r.site_id, r.month, r.version, r.code) = (f.site_id, f.month, f.version, f.code))
      and exists (select from report r where (r.site_id, r.month, r.version) = (f.site_id, f.month, f.version))
)
insert into report_flag (site_id, month, version, code, seen, expected)
select distinct on (site_id, month, version, code) site_id, month, version, code, seen, expected
from raised
order by site_id, month, version, code, expected
on conflict (site_id, month, version, code) do update set seen = excluded.seen, expected = excluded.expected;
