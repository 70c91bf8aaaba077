-- Questions to ask of the reports just loaded (table touched) and of the months next to them; of every report, where the
-- rules are not those of the last load. Linear rules are data (quality_rule, quality_term); the built-in ones are
-- branches of the union below. Each raises a code, the number seen and the number it was held against.
-- A flag refuses nothing. Flags are derived: those of the months concerned are worked out anew.
-- The steps are materialized: PostgreSQL knows nothing of the size of touched, and would compare all with all.
with rules as materialized (
    select fingerprint, fingerprint is distinct from rules_applied as are_new
    from programme cross join rules_fingerprint() as fingerprint
), applied as (
    update programme set rules_applied = fingerprint from rules where are_new
), active as materialized (
    -- A check of monthly_report has refused whatever breaks a rule of its name. What a rule is about: the field that
    -- stands alone on its left, or else on its right.
    select r.*, coalesce(
               (select min(t.field) from quality_term t where t.rule = r.rule and t.side = 'left' having count(*) = 1),
               (select min(t.field) from quality_term t where t.rule = r.rule and t.side = 'right' having count(*) = 1))
               as field
    from quality_rule r
    where r.kind = 'monthly' and r.is_active and not r.enforced_by_schema
), concerned as materialized (
    select site_id, month from touched
    union
    select site_id, (month + interval '1 month')::date from touched
    union
    select site_id, month from current_report where (select are_new from rules)
), report as materialized (
    select m.site_id, m.month, m.version, report_values(m) as cells
    from (select site_id, month from concerned
          union
          select site_id, (month - interval '1 month')::date from concerned) as wanted
    cross join lateral (
        select site_id, month, version from current_report c
        where c.site_id = wanted.site_id and c.month = wanted.month offset 0) as r
    join monthly_report m on (m.site_id, m.month, m.version) = (r.site_id, r.month, r.version)
), pair as materialized (
    select report.*, before.cells as last_cells
    from report
    join concerned using (site_id, month)
    left join report before
        on before.site_id = report.site_id and before.month = (report.month - interval '1 month')::date
), term as materialized (
    select t.*, array_position(monthly_fields(), t.field) as place from quality_term t join active using (rule)
), sides as materialized (
    -- A rule that needs a blank field is left open.
    select p.site_id, p.month, p.version, sum.*
    from pair p
    cross join lateral (
        select rule, coalesce(sum(value) filter (where side = 'left'), 0) as of_left,
               coalesce(sum(value) filter (where side = 'right'), 0) as of_right
        from (
            select t.rule, t.side,
                   case when t.blank_is_zero and counted is not null then coalesce(counted[t.place], 0)
                        else counted[t.place] end
                   * case when t.per_day_of_month then t.weight * extract(day from
                         p.month + (t.month_offset + 1) * interval '1 month' - interval '1 day') else t.weight end as value
            from term t
            cross join lateral (select case t.month_offset when 0 then p.cells else p.last_cells end as counted) as of_month
            offset 0) as valued
        group by rule
        having count(*) = count(value)) as sum
), raised as materialized (
    select site_id, month, version, code,
           case when told_per is null then of_left else round(of_left / per, 1) end as seen,
           case when told_per is null then of_right + constant end as expected, field
    from sides
    join active using (rule)
    join pair using (site_id, month, version)
    cross join lateral (select cells[array_position(monthly_fields(), told_per)] as per) as told
    where month >= in_force_from and (told_per is null or per > 0)
      and case comparison
              when '=' then of_left <> of_right + constant
              when '<=' then of_left > of_right + constant
              when '>=' then of_left < of_right + constant
          end
    union all
    -- Sent, but blank from end to end
    select site_id, month, version, code, null, null, null
    from pair
    join active on rule = 'nothing_reported' and month >= in_force_from
    where num_nonnulls(variadic cells) = 0
    union all
    -- The same counts as the month before, to the client-day
    select site_id, month, version, code, cells[days], last_cells[days], null
    from pair
    join active on rule = 'copied_from_last_month' and month >= in_force_from
    cross join array_position(monthly_fields(), 'client_days') as days
    where cells = last_cells and cells[days] > 31
    union all
    -- No test at all in a month with clients enough: perhaps zero was written for "not reported"
    select site_id, month, version, code, cells[tests], cells[clients], 'tests_done'
    from pair
    join active on rule = 'no_test_done' and month >= in_force_from
    cross join array_position(monthly_fields(), 'tests_done') as tests
    cross join array_position(monthly_fields(), 'clients_dosed') as clients
    where cells[tests] = 0 and cells[clients] >= 10
    union all
    -- A report from a clinic that was not open
    select p.site_id, p.month, p.version, code, null, null, null
    from pair p
    join active on rule = 'clinic_not_open' and month >= in_force_from
    cross join lateral (
        select from expected_report x where x.site_id = p.site_id and x.month = p.month and not x.expected offset 0) as x
    union all
    -- Not what the clinic's own client records say: the field that is furthest off, as part of the greater
    -- number. Less than one is rounding.
    select p.site_id, p.month, p.version, code, furthest.reported, furthest.counted, furthest.field
    from pair p
    join active on rule = 'differs_from_client_records' and month >= in_force_from
    cross join lateral (
        select x.reported, x.counted, x.field
        from reconciliation x
        where x.site_id = p.site_id and x.month = p.month and abs(x.difference) >= 1
        order by abs(x.difference) / greatest(x.reported, x.counted) desc, abs(x.difference) desc, x.field
        limit 1) as furthest
    where exists (select from client_count k where k.site_id = p.site_id and k.month = p.month)
), cleared as (
    delete from report_flag f using pair p
    where (f.site_id, f.month, f.version) = (p.site_id, p.month, p.version)
      and not exists (
          select from raised r where (r.site_id, r.month, r.version, r.code) = (f.site_id, f.month, f.version, f.code))
)
insert into report_flag (site_id, month, version, code, seen, expected, field)
select distinct on (site_id, month, version, code) site_id, month, version, code, seen, expected, field
from raised
order by site_id, month, version, code, expected, field
on conflict (site_id, month, version, code) do update set
    seen = excluded.seen, expected = excluded.expected, field = excluded.field;
