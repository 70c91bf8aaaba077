-- Every indicator in force of some regions ($1): its counts by month, added over the clinics of each that reported all of it, and
-- how many those were; as lists in which the same place is the same month.
select c.region_id, c.indicator, array_agg(c.month) as months, array_agg(c.numerator) as numerators,
       array_agg(c.denominator) as denominators, array_agg(c.people) as people, array_agg(c.sites) as sites
from (
    -- Added before it is known which version is in force: a million rows are hashed then, and not sorted.
    select s.region_id, indicator, version, month,
           sum(numerator) filter (where denominator is not null) as numerator,
           sum(denominator) filter (where numerator is not null) as denominator,
           sum(people) filter (where numerator is not null and denominator is not null) as people,
           count(*) filter (where numerator is not null and denominator is not null) as sites
    from indicator_count
    join site s using (site_id)
    where s.region_id = any ($1::int[])
    group by s.region_id, indicator, version, month) as c
join definition d on (d.indicator, d.version) = (c.indicator, c.version) and d.is_current
group by c.region_id, c.indicator;
