-- Urine tests for opioids of the clinics in the table touched, since their first month there, by month and by year: sums over
-- clients. In a year's window what is known of a client stays the same until a month of his comes or goes: each such state is
-- added where it begins and taken away where it ends, so that a month of a client is looked at twice and not twelve times.
with clinic as materialized (
    -- A year back for the window, and two months more to know which positive month is a relapse. Where months without a test
    -- lie between the last one counted and the load's, the years that end with them are counted now.
    select site_id, since, (since - interval '14 months')::date as read_from
    from (
        select site_id, least(min(month), (
                   select (max(k.month) + interval '1 month')::date from test_count k where k.site_id = touched.site_id)) as since
        from touched
        group by site_id) as turn
), client_month as (
    select u.site_id, u.month, t.client_id, count(*) filter (where t.result in (0, 1))::int as tests,
           count(*) filter (where t.result = 1)::int as positive, count(*) filter (where t.result = 2)::int as invalid,
           count(*) filter (where t.result = 3)::int as missed
    from clinic c
    join current_urine_list u on u.site_id = c.site_id and u.month >= c.read_from
    join reporting_month using (month)
    cross join lateral unnest(u.client_id, u.substance, u.result) as t (client_id, substance, result)
    where t.substance = 0
    group by u.site_id, u.month, t.client_id
), beside_last as (
    select *, coalesce(tests > 0 and lag(tests) over w > 0 and lag(month) over w = month - interval '1 month', false) as followed,
           coalesce(positive > 0 and lag(positive) over w > 0 and lag(month) over w = month - interval '1 month', false) as twice
    from client_month
    window w as (partition by site_id, client_id order by month)
), known as materialized (
    -- A relapse is two positive months in a row; a third makes it no new one.
    select site_id, client_id, month, tests, positive, invalid, missed, followed::int as followed,
           (twice and not coalesce(lag(twice) over (partition by site_id, client_id order by month), false))::int as relapsed
    from beside_last
), change as (
    select site_id, client_id, month, sum(tests)::int as tests, sum(positive)::int as positive, sum(invalid)::int as invalid,
           sum(missed)::int as missed, sum(followed)::int as followed, sum(relapsed)::int as relapsed
    from (
        select * from known
        union all
        select site_id, client_id, (month + interval '12 months')::date, -tests, -positive, -invalid, -missed, -followed, -relapsed
        from known) as come_or_gone
    group by site_id, client_id, month
), state as (
    select site_id, client_id, month, (sum(tests) over w)::int as tests, (sum(positive) over w)::int as positive,
           (sum(invalid) over w)::int as invalid, (sum(missed) over w)::int as missed,
           (sum(followed) over w)::int as followed, (sum(relapsed) over w)::int as relapsed
    from change
    window w as (partition by site_id, client_id order by month)
), figured as (
    select 12 as months, *, tests + invalid + missed as due, positive + invalid + missed as at_worst,
           coalesce((2000000::bigint * positive + tests) / nullif(2 * tests, 0), 0) as share
    from state
), turn as (
    -- What a client's months add to his clinic's sums, less what they added until then.
    select *, lag(tests, 1, 0) over w as t, lag(positive, 1, 0) over w as p, lag(invalid, 1, 0) over w as i,
           lag(missed, 1, 0) over w as m, lag(followed, 1, 0) over w as f, lag(relapsed, 1, 0) over w as r,
           lag(due, 1, 0) over w as d, lag(at_worst, 1, 0) over w as a, lag(share, 1, 0::bigint) over w as s
    from figured
    window w as (partition by site_id, client_id order by month)
    union all
    select 1, k.*, tests + invalid + missed, positive + invalid + missed,
           coalesce((2000000::bigint * positive + tests) / nullif(2 * tests, 0), 0), 0, 0, 0, 0, 0, 0, 0, 0, 0
    from (select site_id, client_id, month, tests, positive, invalid, missed, followed, relapsed from known) as k
), turned as (
    select site_id, months, month, sum((tests > 0)::int - (t > 0)::int) as clients,
           sum((positive > 0)::int - (p > 0)::int) as clients_positive, sum(tests - t) as tests, sum(positive - p) as positive,
           sum(invalid - i) as invalid, sum(missed - m) as missed, sum(tests * tests - t * t) as tests_squared,
           sum(positive * positive - p * p) as positive_squared, sum(tests * positive - t * p) as tests_times_positive,
           sum(share - s) as shares, sum(share * share - s * s) as shares_squared,
           sum((due > 0)::int - (d > 0)::int) as clients_due, sum(due * due - d * d) as due_squared,
           sum(at_worst * at_worst - a * a) as at_worst_squared, sum(due * at_worst - d * a) as due_times_at_worst,
           sum((followed > 0)::int - (f > 0)::int) as clients_followed, sum((relapsed > 0)::int - (r > 0)::int) as clients_relapsed
    from turn
    group by site_id, months, month
), counted as (
    select site_id, month, months, sum(clients) over w as clients, sum(clients_positive) over w as clients_positive,
           sum(tests) over w as tests, sum(positive) over w as positive, sum(invalid) over w as invalid,
           sum(missed) over w as missed, sum(tests_squared) over w as tests_squared,
           sum(positive_squared) over w as positive_squared, sum(tests_times_positive) over w as tests_times_positive,
           sum(shares) over w as shares, sum(shares_squared) over w as shares_squared, sum(clients_due) over w as clients_due,
           sum(due_squared) over w as due_squared, sum(at_worst_squared) over w as at_worst_squared,
           sum(due_times_at_worst) over w as due_times_at_worst, sum(clients_followed) over w as clients_followed,
           sum(clients_relapsed) over w as clients_relapsed
    from (select site_id, min(month) as first_month, max(month) as last_month from known group by site_id) as span
    join reporting_month m on m.month between span.first_month and span.last_month
    cross join (values (1), (12)) as length (months)
    left join turned using (site_id, months, month)
    -- A year's sums are all turns until then; a month's stand alone.
    window w as (partition by site_id, months, case when months = 1 then month end order by month)
), standing as materialized (
    select * from counted join clinic using (site_id) where clients_due > 0 and month >= since
), gone as (
    delete from test_count k using clinic c
    where k.site_id = c.site_id and k.month >= c.since and not exists (
        select from standing n where (n.site_id, n.month, n.months) = (k.site_id, k.month, k.months))
)
insert into test_count as known (
    site_id, month, months, clients, clients_positive, tests, positive, invalid, missed, tests_squared, positive_squared,
    tests_times_positive, shares, shares_squared, clients_due, due_squared, at_worst_squared, due_times_at_worst,
    clients_followed, clients_relapsed)
select site_id, month, months, clients, clients_positive, tests, positive, invalid, missed, tests_squared, positive_squared,
       tests_times_positive, shares, shares_squared, clients_due, due_squared, at_worst_squared, due_times_at_worst,
       clients_followed, clients_relapsed
from standing
on conflict (site_id, month, months) do update
    set (clients, clients_positive, tests, positive, invalid, missed, tests_squared, positive_squared, tests_times_positive,
         shares, shares_squared, clients_due, due_squared, at_worst_squared, due_times_at_worst, clients_followed,
         clients_relapsed)
      = (excluded.clients, excluded.clients_positive, excluded.tests, excluded.positive, excluded.invalid, excluded.missed,
         excluded.tests_squared, excluded.positive_squared, excluded.tests_times_positive, excluded.shares,
         excluded.shares_squared, excluded.clients_due, excluded.due_squared, excluded.at_worst_squared,
         excluded.due_times_at_worst, excluded.clients_followed, excluded.clients_relapsed)
    where known is distinct from excluded;
