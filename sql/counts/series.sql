-- Every indicator in force, by month, for a region ($1) or a site ($2) or all: its counts, added over the sites that
-- reported all of it, and how many those were. For one site a null numerator is "not reported".
select c.indicator, c.month,
       sum(c.numerator) filter (where c.denominator is not null) as numerator,
       sum(c.denominator) filter (where c.numerator is not null) as denominator,
       sum(c.people) filter (where c.numerator is not null and c.denominator is not null) as people,
       count(*) filter (where c.numerator is not null and c.denominator is not null) as sites
from indicator_count c
join site s using (site_id)
join definition d on (d.indicator, d.version) = (c.indicator, c.version) and d.is_current
where ($1::int is null or s.region_id = $1) and ($2::int is null or c.site_id = $2)
group by c.indicator, c.month
order by c.indicator, c.month;
