-- Urine tests for opioids by month, in the year that ends with each: sums over clients of a region ($1) or a site ($2) or all.
select t.month, count(*) as sites, sum(t.clients) as clients, sum(t.clients_positive) as clients_positive, sum(t.tests) as tests,
       sum(t.positive) as positive, sum(t.invalid) as invalid, sum(t.missed) as missed, sum(t.tests_squared) as tests_squared,
       sum(t.positive_squared) as positive_squared, sum(t.tests_times_positive) as tests_times_positive,
       sum(t.shares) as shares, sum(t.shares_squared) as shares_squared, sum(t.clients_due) as clients_due,
       sum(t.due_squared) as due_squared, sum(t.at_worst_squared) as at_worst_squared,
       sum(t.due_times_at_worst) as due_times_at_worst, sum(t.clients_followed) as clients_followed,
       sum(t.clients_relapsed) as clients_relapsed
from test_count t
join site s using (site_id)
where t.months = 12 and ($1::int is null or s.region_id = $1) and ($2::int is null or t.site_id = $2)
group by t.month
order by t.month;
