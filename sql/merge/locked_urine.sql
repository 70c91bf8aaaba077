-- Tests of locked months that are new or differ from what is known are taken out of the table staging, and told: line and
-- month. A test that is known already stays: it is unchanged.
with sent as (
    select s.site_id, s.month, k.client_id, t.*
    from staging s
    join locked_month using (site_id, month)
    cross join lateral unnest(s.client, s.day, s.substance, s.result, s.schedule, s.line)
        with ordinality as t (client, day, substance, result, schedule, line, number)
    join staged_client c on c.client = t.client
    left join client k on (k.site_id, k.code) = (c.site_id, c.code)
), known as (
    select u.site_id, u.month, t.*
    from current_urine_list u
    join (select distinct site_id, month from sent) as sent using (site_id, month)
    cross join lateral unnest(u.client_id, u.day, u.substance, u.result, u.schedule)
        as t (client_id, day, substance, result, schedule)
), test as (
    select sent.*, ((sent.result, coalesce(sent.schedule, known.schedule)) = (known.result, known.schedule)) is not true
               as is_refused
    from sent
    left join known using (site_id, month, client_id, day, substance)
), judged as (
    select site_id, month, not bool_and(is_refused) as is_left,
           array_agg(client order by number) filter (where not is_refused) as client,
           array_agg(day order by number) filter (where not is_refused) as day,
           array_agg(substance order by number) filter (where not is_refused) as substance,
           array_agg(result order by number) filter (where not is_refused) as result,
           array_agg(schedule order by number) filter (where not is_refused) as schedule,
           array_agg(line order by number) filter (where not is_refused) as line
    from test
    group by site_id, month
    having bool_or(is_refused)
), emptied as (
    delete from staging s using judged j where (s.site_id, s.month) = (j.site_id, j.month) and not j.is_left
), rest as (
    update staging s
    set client = j.client, day = j.day, substance = j.substance, result = j.result, schedule = j.schedule, line = j.line
    from judged j
    where (s.site_id, s.month) = (j.site_id, j.month) and j.is_left
)
select line, to_char(month, 'YYYY-MM') as month from test where is_refused;
