-- Some indicators ($2) by site and month, for the sites of a region ($1) or all: their counts.
select c.site_id, c.indicator, c.month, c.numerator, c.denominator, c.people
from indicator_count c
join definition d on (d.indicator, d.version) = (c.indicator, c.version) and d.is_current
where ($1::int is null or c.site_id in (select site_id from site where region_id = $1)) and c.indicator = any ($2::text[])
order by c.site_id, c.indicator, c.month;
