-- Where a definition has no counts at all, every reported month is to be counted (into table touched).
insert into touched (site_id, month)
select site_id, month
from current_report
where exists (
    select from indicator_definition d
    where not exists (
        select from indicator_count c where (c.indicator, c.version) = (d.indicator, d.version)));
