-- How many providers the clinics in the table concerned_clinic have by their register of them: participants without a trial.
-- One row for each month at whose end there are more or fewer than at the end of the month before.
with provider as (
    -- Who came before the months that can be reported on, or nobody knows when, is there from the first of them on.
    select p.site_id, greatest(p.enrolled_on, first.month) as since, p.withdrawn_on as until
    from concerned_clinic
    join current_participant p using (site_id)
    cross join (select min(month) as month from reporting_month) as first
    where p.trial = '' and p.role = 'provider' and coalesce(p.withdrawn_on >= first.month, true)
), change as (
    select site_id, date_trunc('month', day::timestamp)::date as month, sum(change) as change
    from provider
    cross join lateral (values (since, 1), (until, -1)) as step (day, change)
    where day is not null
    group by site_id, date_trunc('month', day::timestamp)
), counted as materialized (
    select c.site_id, c.month, sum(c.change) over (partition by c.site_id order by c.month) as providers
    from change c
    join reporting_month using (month)
    where c.change <> 0
), gone as (
    delete from provider_count k using concerned_clinic c
    where k.site_id = c.site_id and not exists (
          select from counted n where (n.site_id, n.month) = (k.site_id, k.month))
)
insert into provider_count as known (site_id, month, providers)
select site_id, month, providers from counted
on conflict (site_id, month) do update set providers = excluded.providers where known.providers <> excluded.providers;
