-- Scores of clients and providers by month, of a region ($1) or a site ($2) or all.
select c.role, c.instrument, c.month, sum(c.people) as people, sum(c.score_sum) as score_sum, sum(c.score_square) as score_square
from score_count c
join site s using (site_id)
where ($1::int is null or s.region_id = $1) and ($2::int is null or c.site_id = $2)
group by c.role, c.instrument, c.month
order by c.role, c.instrument, c.month;
