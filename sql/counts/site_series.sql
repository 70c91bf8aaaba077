-- Some indicators ($2) of each site of some regions ($1) or of all: their counts by month, as lists in which the same place is
-- the same month. A row for each month of hundreds of sites would take longer to read than all the rest of a page.
select s.region_id, c.site_id, c.indicator, c.months, c.numerators, c.denominators, c.people,
       array_fill(1, array[cardinality(c.months)]) as sites
from (
    select c.site_id, c.indicator, array_agg(c.month) as months, array_agg(c.numerator) as numerators,
           array_agg(c.denominator) as denominators, array_agg(c.people) as people
    from indicator_count c
    join definition d on (d.indicator, d.version) = (c.indicator, c.version) and d.is_current
    where ($1::int[] is null or c.site_id = any (array(select site_id from site where region_id = any ($1))))
      and c.indicator = any ($2::text[])
    group by c.site_id, c.indicator) as c
join site s using (site_id);
