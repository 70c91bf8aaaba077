-- Time in treatment, entries and exits by month and by year of the clinics in the table concerned_clinic, since the day given
-- there: from their stays. Only months that the records cover whole.
with clinic as materialized (
    select site_id, date_trunc('month', since::timestamp)::date as since from concerned_clinic
), span as materialized (
    select p.site_id, p.rule, m.month, (m.month + interval '1 month')::date - 1 as month_end
    from clinic c
    join record_span p using (site_id)
    join reporting_month m
        on m.month >= greatest(c.since, p.first_day) and (m.month + interval '1 month')::date - 1 <= p.last_day
), known_stay as materialized (
    select s.site_id, s.rule, s.client_id, s.started_on,
           case when s.ended_on <= p.last_day then s.ended_on end as ended_on,
           least(s.ended_on, p.last_day) as until,
           s.ended_on <= p.last_day and coalesce(s.exit_reason, 'dropout') = 'dropout' as is_dropout,
           -- Who was there before the records began enters in none of their months.
           coalesce(s.entered_on >= p.first_day, s.started_on - p.first_day >= coalesce(r.missed_days, 0)) as is_entry
    from clinic c
    join record_span p using (site_id)
    join stay_rule r using (rule)
    join stay s using (site_id, rule)
    where s.started_on <= p.last_day and coalesce(s.ended_on >= c.since - interval '11 months', true)
), part as (
    -- A stay in each year (that ends with a month) which it touches.
    select p.site_id, p.rule, p.month, s.client_id,
           sum(least(s.until, p.month_end) - greatest(s.started_on, p.year_start) + 1) as days,
           count(*) filter (where s.is_dropout and s.ended_on <= p.month_end) as dropouts,
           sum(least(s.until, p.month_end) - greatest(s.started_on, p.month) + 1)
               filter (where s.until >= p.month) as days_of_month,
           count(*) filter (where s.is_entry and s.started_on >= p.month) as entries,
           count(*) filter (where s.ended_on between p.month and p.month_end) as exits,
           count(*) filter (where s.is_dropout and s.ended_on between p.month and p.month_end) as dropouts_of_month
    from (select *, (month - interval '11 months')::date as year_start from span) as p
    join known_stay s on (s.site_id, s.rule) = (p.site_id, p.rule) and s.started_on <= p.month_end and s.until >= p.year_start
    group by p.site_id, p.rule, p.month, s.client_id
), dosed as (
    select s.site_id, s.month, sum(cardinality(array_remove(s.tenths_mg, null))) as doses
    from clinic c
    join current_dose_sheet s on s.site_id = c.site_id and s.month >= c.since
    group by s.site_id, s.month
), counted as materialized (
    -- Nobody in treatment for a year is known too: the clinic's months go on.
    select n.site_id, n.rule, n.month, count(p.days_of_month) as clients, coalesce(sum(p.days_of_month), 0) as days,
           coalesce(sum(p.entries), 0) as entries, coalesce(sum(p.exits), 0) as exits,
           coalesce(sum(p.dropouts_of_month), 0) as dropouts, count(p.client_id) as clients_in_year,
           coalesce(sum(p.days), 0) as days_in_year, coalesce(sum(p.dropouts), 0) as dropouts_in_year,
           coalesce(sum(p.dropouts * p.dropouts), 0) as dropouts_squared,
           coalesce(sum(p.dropouts * p.days), 0) as dropouts_times_days, coalesce(sum(p.days * p.days), 0) as days_squared
    from span n
    left join part p on (p.site_id, p.rule, p.month) = (n.site_id, n.rule, n.month)
    group by n.site_id, n.rule, n.month
), gone as (
    -- Also months of before: the records reach less far where a stay that was their newest end turns out to go on.
    delete from treatment_month k using clinic c
    where k.site_id = c.site_id
      and (k.month >= c.since and not exists (
              select from counted n where (n.site_id, n.rule, n.month) = (k.site_id, k.rule, k.month))
           or not exists (
              select from record_span p
              where (p.site_id, p.rule) = (k.site_id, k.rule) and (k.month + interval '1 month')::date - 1 <= p.last_day))
)
insert into treatment_month as known (
    site_id, rule, month, clients, days, entries, exits, dropouts, doses, clients_in_year, days_in_year, dropouts_in_year,
    dropouts_squared, dropouts_times_days, days_squared)
select site_id, rule, month, clients, days, entries, exits, dropouts, case when rule <> 'reported' then doses end,
       clients_in_year, days_in_year, dropouts_in_year, dropouts_squared, dropouts_times_days, days_squared
from counted
left join dosed using (site_id, month)
on conflict (site_id, rule, month) do update
    set (clients, days, entries, exits, dropouts, doses, clients_in_year, days_in_year, dropouts_in_year, dropouts_squared,
         dropouts_times_days, days_squared)
      = (excluded.clients, excluded.days, excluded.entries, excluded.exits, excluded.dropouts, excluded.doses,
         excluded.clients_in_year, excluded.days_in_year, excluded.dropouts_in_year, excluded.dropouts_squared,
         excluded.dropouts_times_days, excluded.days_squared)
    where known is distinct from excluded;
