-- Time in treatment and exits by month, and the year's sums over clients that ends with each, of a region ($1) or a site ($2)
-- or all, under each rule or one ($3): of how many sites.
select t.rule, t.month, count(*) as sites, sum(t.clients) as clients, sum(t.days) as days, sum(t.exits) as exits,
       sum(t.dropouts) as dropouts, sum(t.doses) filter (where t.doses is not null) as doses,
       sum(t.days) filter (where t.doses is not null) as days_of_dosed, sum(t.clients_in_year) as clients_in_year,
       sum(t.days_in_year) as days_in_year, sum(t.dropouts_in_year) as dropouts_in_year,
       sum(t.dropouts_squared) as dropouts_squared, sum(t.dropouts_times_days) as dropouts_times_days,
       sum(t.days_squared) as days_squared
from treatment_month t
join site s using (site_id)
where ($1::int is null or s.region_id = $1) and ($2::int is null or t.site_id = $2) and ($3::text is null or t.rule = $3)
group by t.rule, t.month
order by t.rule, t.month;
