-- Client records of a region ($1) or a site ($2) or all: of how many sites there are any, and until which day they tell who is
-- in treatment.
select count(*) as sites, max(p.last_day) as last_day
from site s
left join lateral (select max(last_day) as last_day from record_span where site_id = s.site_id) as p on true
where ($1::int is null or s.region_id = $1) and ($2::int is null or s.site_id = $2)
  and (p.last_day is not null
       or exists (select from test_count where site_id = s.site_id)
       or exists (select from behaviour_count where site_id = s.site_id)
       or exists (select from score_count where site_id = s.site_id));
