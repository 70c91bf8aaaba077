-- Intervals of the clinics' calendars (table staging) into site_interval: one that begins on a known day replaces it.
-- Reports of these clinics are asked anew whether their clinic was open (table touched).
with compared as (
    select s.*, known.site_id is not null as is_known,
           (s.ends_on, s.status) is not distinct from (known.ends_on, known.status) as is_same
    from staging s
    left join site_interval known using (site_id, starts_on)
), stored as (
    insert into site_interval (site_id, starts_on, ends_on, status)
    select site_id, starts_on, ends_on, status from compared where not (is_known and is_same)
    on conflict (site_id, starts_on) do update set ends_on = excluded.ends_on, status = excluded.status
    returning site_id
), recalled as (
    insert into touched (site_id, month)
    select r.site_id, r.month from current_report r where r.site_id in (select site_id from stored)
)
select count(*) filter (where not is_known)             as inserted,
       count(*) filter (where is_known and not is_same) as changed,
       count(*) filter (where is_known and is_same)     as unchanged
from compared;
