-- Doses of locked months that are new or differ from what is known are taken out of the table staging, and told: line and
-- month. A dose that is known already stays: it is unchanged.
with sheet as (
    select s.*, known.tenths_mg as known_mg
    from staging s
    join staged_client c using (client)
    join locked_month l on (l.site_id, l.month) = (c.site_id, s.month)
    left join client k on (k.site_id, k.code) = (c.site_id, c.code)
    left join current_dose_sheet known on (known.site_id, known.client_id, known.month) = (k.site_id, k.client_id, s.month)
), day as (
    select s.client, s.month, d.*, d.mg is not null and d.mg is distinct from d.was_mg as is_refused
    from sheet s
    cross join lateral unnest(s.tenths_mg, s.line, s.known_mg) with ordinality as d (mg, line, was_mg, number)
), judged as (
    select client, month, bool_or(mg is not null and not is_refused) as is_left,
           array_agg(case when not is_refused then mg end order by number) as tenths_mg,
           array_agg(case when not is_refused then line end order by number) as line
    from day
    group by client, month
    having bool_or(is_refused)
), emptied as (
    delete from staging s using judged j where (s.client, s.month) = (j.client, j.month) and not j.is_left
), rest as (
    update staging s set tenths_mg = j.tenths_mg, line = j.line
    from judged j
    where (s.client, s.month) = (j.client, j.month) and j.is_left
)
select line, to_char(month, 'YYYY-MM') as month from day where is_refused;
