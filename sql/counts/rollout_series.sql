-- An indicator ($2) in force, month by month, at each clinic of a roll-out ($1) that the reader may see; as lists in which the
-- same place is the same month.
select c.site_id, array_agg(c.month) as months, array_agg(c.numerator) as numerators, array_agg(c.denominator) as denominators,
       array_agg(c.people) as people, array_fill(1, array[count(*)::int]) as sites
from indicator_count c
join definition d on (d.indicator, d.version) = (c.indicator, c.version) and d.is_current
where c.indicator = $2
  and c.site_id = any (array(select site_id from current_rollout where rollout = $1))
group by c.site_id;
