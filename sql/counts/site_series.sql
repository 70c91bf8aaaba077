-- Some indicators ($2) of each site of some regions ($1) or of all: their counts by month, as lists in which the same place is
-- the same month. A row for each month of hundreds of sites would take longer to read than all the rest of a page.
-- Gathered before it is known which version is in force: half a million rows are hashed then, and not sorted.
select s.region_id, c.site_id, c.indicator, c.months, c.numerators, c.denominators, c.people,
       array_fill(1, array[cardinality(c.months)]) as sites
from (
    select site_id, indicator, version, array_agg(month) as months, array_agg(numerator) as numerators,
           array_agg(denominator) as denominators, array_agg(people) as people
    from indicator_count
    where ($1::int[] is null or site_id = any (array(select site_id from site where region_id = any ($1))))
      and indicator = any ($2::text[])
    group by site_id, indicator, version) as c
join definition d on (d.indicator, d.version) = (c.indicator, c.version) and d.is_current
join site s using (site_id);
