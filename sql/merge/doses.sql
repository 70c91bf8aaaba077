-- A file's doses (table staging, one row a client and month) into dose_sheet. A month that is new is stored as it came;
-- one that is known becomes the next version where a day is new or differs: the other days stay, each with the receipt
-- that brought it (origin). A load that was overtaken by a later file brings only what that did not; so, while an earlier
-- file is still to be merged, a day that is unchanged is this receipt's too: that file may say otherwise, and is older.
-- $1 receipt_id; the counts, in days, go onto the receipt.
with overtaken as materialized (
    select exists (select from receipt where outcome = 'started' and receipt_id < $1::int) as any_file
), compared as materialized (
    select k.site_id, k.client_id, s.month, s.tenths_mg, s.line, known.version, known.receipt_id as known_receipt,
           known.tenths_mg as known_mg, known.line as known_line, known.origin as known_origin
    from staging s
    join staged_client c using (client)
    join client k on (k.site_id, k.code) = (c.site_id, c.code)
    left join current_dose_sheet known on (known.site_id, known.client_id, known.month) = (k.site_id, k.client_id, s.month)
), new_sheet as (
    insert into dose_sheet (site_id, client_id, month, version, receipt_id, tenths_mg, line)
    select site_id, client_id, month, 1, $1::int, tenths_mg, line
    from compared
    where version is null
    order by site_id, client_id, month
), day as (
    select c.site_id, c.client_id, c.month, c.version, d.*, coalesce(d.was_origin, c.known_receipt) as was_receipt,
           d.mg is not null
           and (d.was_mg is null
                or (d.mg <> d.was_mg or (select any_file from overtaken))
                    and coalesce(d.was_origin, c.known_receipt) < $1::int) as is_taken
    from compared c
    cross join lateral unnest(c.tenths_mg, c.line, c.known_mg, c.known_line, c.known_origin)
        with ordinality as d (mg, line, was_mg, was_line, was_origin, number)
    where c.version is not null and (c.tenths_mg <> c.known_mg or (select any_file from overtaken))
), overlaid as (
    select site_id, client_id, month, version + 1 as version,
           array_agg(case when is_taken then mg else was_mg end order by number) as tenths_mg,
           array_agg(case when is_taken then line else was_line end order by number) as line,
           array_agg(case when is_taken then $1::int when was_mg is not null then was_receipt end order by number) as origin,
           count(*) filter (where is_taken and was_mg is null) as inserted,
           count(*) filter (where is_taken and was_mg <> mg) as changed,
           count(mg) filter (where not is_taken or was_mg = mg) as unchanged,
           bool_or(is_taken) as is_next
    from day
    group by site_id, client_id, month, version
), next_sheet as (
    insert into dose_sheet (site_id, client_id, month, version, receipt_id, tenths_mg, line, origin)
    select site_id, client_id, month, version, $1::int, tenths_mg, line, origin
    from overlaid
    where is_next
), whole as (
    select coalesce(sum(cardinality(array_remove(tenths_mg, null))) filter (where version is null), 0) as inserted,
           coalesce(sum(cardinality(array_remove(tenths_mg, null)))
                        filter (where tenths_mg = known_mg and not (select any_file from overtaken)), 0) as unchanged
    from compared
)
select (w.inserted + coalesce(sum(o.inserted), 0))::int   as inserted,
       coalesce(sum(o.changed), 0)::int                   as changed,
       (w.unchanged + coalesce(sum(o.unchanged), 0))::int as unchanged
from whole w
left join overlaid o on true
group by w.inserted, w.unchanged;
