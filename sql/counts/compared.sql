-- Some indicators ($1) of one month ($2) by site, over all sites that the reader may see: their counts.
select c.indicator, c.site_id, c.numerator, c.denominator, c.people
from indicator_count c
join definition d on (d.indicator, d.version) = (c.indicator, c.version) and d.is_current
where c.indicator = any ($1::text[]) and c.month = $2::date
order by c.indicator, c.site_id;
