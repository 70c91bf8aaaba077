-- Urine tests for opioids of the clinics in the table touched, since their first month there, by month and by year: sums over
-- clients. In a year's window what is known of a client stays the same until a month of his comes or goes: each such state is
-- added where it begins and taken away where the next one does, so that a month of a client is looked at twice and not twelve
-- times.
with clinic as materialized (
    -- A year back for the window, and two months more to know which positive month is a relapse. Where months without a test
    -- lie between the last one counted and the load's, the years that end with them are counted now.
    select site_id, since, (since - interval '14 months')::date as read_from
    from (
        select site_id, least(min(month), (
                   select (max(k.month) + interval '1 month')::date from test_count k where k.site_id = touched.site_id)) as since
        from touched
        group by site_id) as turn
), turned as materialized (
    -- Clinic by clinic, so that what is sorted fits into memory. Months are counted from year 0.
    select c.site_id, t.*
    from clinic c
    cross join lateral (
        with client_month as (
            select t.client_id, u.nth, count(*) filter (where t.result in (0, 1))::int as tests,
                   count(*) filter (where t.result = 1)::int as positive,
                   count(*) filter (where t.result = 2)::int as invalid,
                   count(*) filter (where t.result = 3)::int as missed
            from (
                select *, (extract(year from month) * 12 + extract(month from month) - 1)::int as nth
                from current_urine_list
                where site_id = c.site_id and month >= c.read_from) as u
            cross join lateral unnest(u.client_id, u.substance, u.result) as t (client_id, substance, result)
            where t.substance = 0
            group by t.client_id, u.nth
        ), known as materialized (
            -- A relapse is two positive months in a row; a third makes it no new one.
            select *, coalesce(tests > 0 and lag(nth) over w = nth - 1 and lag(tests) over w > 0, false)::int as followed,
                   coalesce(positive > 0 and lag(nth) over w = nth - 1 and lag(positive) over w > 0
                            and (lag(nth, 2) over w = nth - 2 and lag(positive, 2) over w > 0) is not true, false)::int as relapsed
            from client_month
            window w as (partition by client_id order by nth)
        ), change as (
            select * from known
            union all
            select client_id, nth + 12, -tests, -positive, -invalid, -missed, -followed, -relapsed from known
        ), state as (
            select nth, lead(nth) over w as until, (sum(tests) over w)::int as tests, (sum(positive) over w)::int as positive,
                   (sum(invalid) over w)::int as invalid, (sum(missed) over w)::int as missed,
                   (sum(followed) over w)::int as followed, (sum(relapsed) over w)::int as relapsed
            from change
            window w as (partition by client_id order by nth)
        ), lasting as (
            select 12 as months, * from state where nth is distinct from until
            union all
            select 1, nth, nth + 1, tests, positive, invalid, missed, followed, relapsed from known
        ), figured as (
            select *, tests + invalid + missed as due, positive + invalid + missed as at_worst,
                   coalesce((2000000::bigint * positive + tests) / nullif(2 * tests, 0), 0) as share
            from lasting
        )
        select months, make_date(coalesce(nth, until) / 12, coalesce(nth, until) % 12 + 1, 1) as month,
               1 - 2 * grouping(nth) as sign,
               count(*) filter (where tests > 0) as clients, count(*) filter (where positive > 0) as clients_positive,
               sum(tests) as tests, sum(positive) as positive, sum(invalid) as invalid, sum(missed) as missed,
               sum(tests * tests) as tests_squared, sum(positive * positive) as positive_squared,
               sum(tests * positive) as tests_times_positive, sum(share) as shares, sum(share * share) as shares_squared,
               count(*) filter (where due > 0) as clients_due, sum(due * due) as due_squared,
               sum(at_worst * at_worst) as at_worst_squared, sum(due * at_worst) as due_times_at_worst,
               count(*) filter (where followed > 0) as clients_followed, count(*) filter (where relapsed > 0) as clients_relapsed
        from figured
        group by grouping sets ((months, nth), (months, until))) as t
), counted as (
    -- Also for months in which nothing comes or goes.
    select site_id, month, months, sum(sum(sign * clients)) over w as clients,
           sum(sum(sign * clients_positive)) over w as clients_positive, sum(sum(sign * tests)) over w as tests,
           sum(sum(sign * positive)) over w as positive, sum(sum(sign * invalid)) over w as invalid,
           sum(sum(sign * missed)) over w as missed, sum(sum(sign * tests_squared)) over w as tests_squared,
           sum(sum(sign * positive_squared)) over w as positive_squared,
           sum(sum(sign * tests_times_positive)) over w as tests_times_positive, sum(sum(sign * shares)) over w as shares,
           sum(sum(sign * shares_squared)) over w as shares_squared, sum(sum(sign * clients_due)) over w as clients_due,
           sum(sum(sign * due_squared)) over w as due_squared, sum(sum(sign * at_worst_squared)) over w as at_worst_squared,
           sum(sum(sign * due_times_at_worst)) over w as due_times_at_worst,
           sum(sum(sign * clients_followed)) over w as clients_followed,
           sum(sum(sign * clients_relapsed)) over w as clients_relapsed
    from (select site_id, min(month) as first_month, max(month) as last_month from turned where sign = 1 and months = 1
          group by site_id) as span
    join reporting_month m on m.month between span.first_month and span.last_month
    cross join (values (1), (12)) as length (months)
    left join turned using (site_id, months, month)
    group by site_id, months, month
    window w as (partition by site_id, months order by month)
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
