-- The counts behind a figure: of an indicator ($3) in a month ($4), clinic by clinic, for a region ($1) or a site ($2) or all.
select s.code as site, c.numerator, c.denominator, c.people
from indicator_count c
join site s using (site_id)
join definition d on (d.indicator, d.version) = (c.indicator, c.version) and d.is_current
where ($1::int is null or s.region_id = $1) and ($2::int is null or c.site_id = $2)
  and c.indicator = $3 and c.month = $4::date and c.numerator is not null and c.denominator is not null
order by s.code;
