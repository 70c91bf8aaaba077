-- Numerators and denominators that follow from the reports just loaded (table touched): those of the same month and
-- of every later window that reaches back to it. A part is null unless every field it needs was reported in every
-- month that it needs.
-- The steps are materialized: PostgreSQL knows nothing of the size of touched, and would compare all with all.
with affected as materialized (
    select distinct t.site_id, d.indicator, d.version, d.kind, d.counts_people,
           d.window_months, (t.month + lag * interval '1 month')::date as month,
           (t.month + (lag - d.window_months + 1) * interval '1 month')::date as first_month
    from touched t
    cross join indicator_definition d
    cross join lateral generate_series(0, d.window_months - 1) as lag
), report as materialized (
    select r.site_id, r.month, to_jsonb(r) as cells,
           -- Everybody treated in the month, or the most that a report with blanks tells of them.
           coalesce(r.opening + r.new + r.readmitted + r.transferred_in,
                    greatest(r.opening, r.closing, r.clients_dosed)) as served
    from current_report r
    where r.site_id in (select site_id from touched)
      and r.month between (select min(first_month) from affected) and (select max(month) from affected)
), term_value as materialized (
    select r.site_id, r.month, t.indicator, t.version, t.part, t.fold, t.weight * (r.cells ->> t.field)::numeric as value
    from report r
    cross join indicator_term t
), wanted as materialized (
    select d.indicator, d.version,
           sum(case t.fold when 'sum' then d.window_months else 1 end) filter (where t.part = 'numerator') as numerators,
           sum(case t.fold when 'sum' then d.window_months else 1 end) filter (where t.part = 'denominator') as denominators
    from indicator_definition d
    join indicator_term t using (indicator, version)
    group by d.indicator, d.version
), folded as materialized (
    select a.site_id, a.indicator, a.version, a.kind, a.counts_people, a.month,
           sum(v.value) filter (where v.part = 'numerator') as numerator,
           count(v.value) filter (where v.part = 'numerator') as numerators,
           sum(v.value) filter (where v.part = 'denominator') as denominator,
           count(v.value) filter (where v.part = 'denominator') as denominators
    from affected a
    join term_value v on (v.site_id, v.indicator, v.version) = (a.site_id, a.indicator, a.version)
        and v.month between a.first_month and a.month
        and case v.fold when 'first' then v.month = a.first_month when 'last' then v.month = a.month else true end
    group by a.site_id, a.indicator, a.version, a.kind, a.counts_people, a.month
), complete as (
    select f.site_id, f.indicator, f.version, f.counts_people, f.month,
           case when f.numerators = w.numerators then f.numerator end as numerator,
           case when f.kind = 'count' then 1 when f.denominators = w.denominators then f.denominator end as denominator
    from folded f
    join wanted w using (indicator, version)
)
insert into indicator_count (site_id, indicator, version, month, numerator, denominator, people)
select c.site_id, c.indicator, c.version, c.month, c.numerator, c.denominator,
       -- The fewer of those treated and those in the denominator; nobody is not few.
       case when c.counts_people then coalesce(least(nullif(r.served, 0), nullif(c.denominator, 0)), 0) else r.served end
from complete c
join report r using (site_id, month)
on conflict (site_id, indicator, version, month) do update set
    numerator = excluded.numerator, denominator = excluded.denominator, people = excluded.people;
