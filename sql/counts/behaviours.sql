-- What clients of a region ($1) or a site ($2) or all said at intake and at a later visit, the same people at both: of the
-- intakes of the two years whose later visit was due by the end of a month ($3).
select b.instrument, b.visit_month, f.higher_is, sum(b.asked) as asked, sum(b.due) as due, sum(b.followed) as followed,
       sum(b.yes_before) as yes_before, sum(b.yes_after) as yes_after, sum(b.yes_both) as yes_both,
       sum(b.lost_yes_before) as lost_yes_before
from behaviour_count b
join behaviour f using (instrument)
join site s using (site_id)
where ($1::int is null or s.region_id = $1) and ($2::int is null or b.site_id = $2)
  and b.month between $3::date - (23 + b.visit_month) * interval '1 month' and $3::date - b.visit_month * interval '1 month'
group by b.instrument, b.visit_month, f.higher_is, f.place
having sum(b.due) > 0
order by f.place, b.visit_month;
