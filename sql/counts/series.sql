-- Every indicator in force, by month, for a region ($1) or a site ($2) or all: its counts, added over the sites that
-- reported all of it, and how many those were. For one site a null numerator is "not reported".
-- Added before it is known which version is in force: a million rows are hashed then, and not sorted.
select c.indicator, c.month, c.numerator, c.denominator, c.people, c.sites
from (
    select indicator, version, month,
           sum(numerator) filter (where denominator is not null) as numerator,
           sum(denominator) filter (where numerator is not null) as denominator,
           sum(people) filter (where numerator is not null and denominator is not null) as people,
           count(*) filter (where numerator is not null and denominator is not null) as sites
    from indicator_count
    where ($1::int is null or site_id = any (array(select site_id from site where region_id = $1))) and ($2::int is null or site_id = $2)
    group by indicator, version, month) as c
join definition d on (d.indicator, d.version) = (c.indicator, c.version) and d.is_current
order by c.indicator, c.month;
