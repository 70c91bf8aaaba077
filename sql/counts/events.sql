-- What the register holds for a reader, as known now (or at mmt.as_of): each event with the clinic that it is of, or the
-- codes of its region and of all regions within it; neither for the whole programme.
with recursive lies_in (region_id, around) as (
    select region_id, region_id from region
    union
    select i.region_id, g.parent_region_id
    from lies_in i
    join region g on g.region_id = i.around
    where g.parent_region_id is not null
), known as (
    select e.event, e.kind, e.site_id, e.region_id, e.happened_on, e.ended_on, e.reason, e.rebases, e.receipt_id
    from event e
    where nullif(current_setting('mmt.as_of', true), '') is null or exists (
        select from receipt c
        where c.receipt_id = e.receipt_id
          and c.received_at <= nullif(current_setting('mmt.as_of', true), '')::timestamptz)
)
select e.event, e.kind, e.site_id, to_char(e.happened_on, 'YYYY-MM-DD') as happened_on,
       to_char(e.ended_on, 'YYYY-MM-DD') as ended_on, e.reason, e.rebases = 'yes' as rebases,
       coalesce((
           select string_agg(g.code, ' ' order by g.code)
           from lies_in i
           join region g using (region_id)
           where i.around = e.region_id), '') as region_codes
from known e
where not exists (select from known later where later.event = e.event and later.receipt_id > e.receipt_id)
order by e.happened_on, e.event;
