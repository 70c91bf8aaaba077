-- A file's urine tests (table staging, one row a clinic and month) into urine_list. A month that is new is stored as it
-- came; one that is known becomes the next version where a test is new or differs: the other tests stay, each with the
-- receipt that brought it (origin). A load that was overtaken by a later file brings only what that did not; so, while an
-- earlier file is still to be merged, a test that is unchanged is this receipt's too: that file may say otherwise, and is
-- older. A file without a column for the schedule (null in staging) says nothing of it: what is known stays.
-- $1 receipt_id; the counts, in tests, go onto the receipt.
with overtaken as materialized (
    select exists (select from receipt where outcome = 'started' and receipt_id < $1::int) as any_file
), place as materialized (
    -- ids[place + 1] is the client at that place of the file: looked up once, for a list refers to hundreds.
    select array_agg(k.client_id order by c.client) as ids
    from staged_client c
    join client k on (k.site_id, k.code) = (c.site_id, c.code)
), numbered as materialized (
    select s.site_id, s.month, known.version, known.receipt_id as known_receipt,
           (select array_agg(((select ids from place))[t.client + 1] order by t.number)
            from unnest(s.client) with ordinality as t (client, number)) as client_id,
           s.day, s.substance, s.result, s.schedule, s.line
    from staging s
    left join current_urine_list known using (site_id, month)
), new_list as (
    insert into urine_list (site_id, month, version, receipt_id, client_id, day, substance, result, schedule, line)
    select site_id, month, 1, $1::int, client_id, day, substance, result, array_replace(schedule, null, 0::smallint), line
    from numbered
    where version is null
    order by site_id, month
), sent as (
    select n.site_id, n.month, t.*
    from numbered n
    cross join lateral unnest(n.client_id, n.day, n.substance, n.result, n.schedule, n.line)
        as t (client_id, day, substance, result, schedule, line)
    where n.version is not null
), known as (
    select u.site_id, u.month, u.version, t.client_id, t.day, t.substance, t.result, t.schedule, t.line,
           coalesce(t.origin, u.receipt_id) as origin
    from current_urine_list u
    join numbered n using (site_id, month)
    cross join lateral unnest(u.client_id, u.day, u.substance, u.result, u.schedule, u.line, u.origin)
        as t (client_id, day, substance, result, schedule, line, origin)
), test as (
    select site_id, month, client_id, day, substance,
           s.result is not null as is_sent, k.result is not null as is_known,
           (s.result, told.schedule) = (k.result, k.schedule) as is_same,
           s.result is not null and (k.result is null
               or ((s.result, told.schedule) <> (k.result, k.schedule) or (select any_file from overtaken))
                   and k.origin < $1::int) as is_taken,
           s.result, told.schedule, s.line, k.result as was_result, k.schedule as was_schedule, k.line as was_line,
           k.origin as was_origin
    from sent s
    full join known k using (site_id, month, client_id, day, substance)
    cross join lateral (select coalesce(s.schedule, k.schedule, 0::smallint) as schedule) as told
), overlaid as (
    select site_id, month,
           array_agg(client_id order by client_id, day, substance) as client_id,
           array_agg(day order by client_id, day, substance) as day,
           array_agg(substance order by client_id, day, substance) as substance,
           array_agg(case when is_taken then result else was_result end order by client_id, day, substance) as result,
           array_agg(case when is_taken then schedule else was_schedule end order by client_id, day, substance) as schedule,
           array_agg(case when is_taken then line else was_line end order by client_id, day, substance) as line,
           array_agg(case when is_taken then $1::int else was_origin end order by client_id, day, substance) as origin,
           count(*) filter (where is_taken and not is_known) as inserted,
           count(*) filter (where is_taken and is_known and not is_same) as changed,
           count(*) filter (where is_sent and (is_same or not is_taken)) as unchanged,
           bool_or(is_taken) as is_next
    from test
    group by site_id, month
), next_list as (
    insert into urine_list (
        site_id, month, version, receipt_id, client_id, day, substance, result, schedule, line, origin)
    select o.site_id, o.month, n.version + 1, $1::int, o.client_id, o.day, o.substance, o.result, o.schedule, o.line, o.origin
    from overlaid o
    join numbered n using (site_id, month)
    where o.is_next
)
select ((select coalesce(sum(cardinality(client_id)), 0) from numbered where version is null)
        + coalesce(sum(inserted), 0))::int   as inserted,
       coalesce(sum(changed), 0)::int        as changed,
       coalesce(sum(unchanged), 0)::int      as unchanged
from overlaid;
