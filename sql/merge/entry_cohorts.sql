-- What became of those who entered the clinics of the table concerned_clinic for the first time, month after month of their
-- own: from their stays. Whatever changes at a month (n) is added up, so that each stay is looked at twice and not 24 times.
with anniversary as materialized (
    select n, round(n * 30.4375)::int as days, round((n - 1) * 30.4375)::int as days_before
    from generate_series(1, 24) as n
), known_stay as (
    select s.site_id, s.rule, s.client_id, s.started_on, coalesce(s.entered_on, s.started_on) as entered_on, p.last_day,
           case when s.ended_on <= p.last_day then s.ended_on end as ended_on,
           case when s.ended_on <= p.last_day then coalesce(s.exit_reason, 'dropout') end as exit_reason,
           -- Of those who came before the records began, only who stayed is known.
           coalesce(s.entered_on >= p.first_day, s.started_on - p.first_day >= coalesce(r.missed_days, 0)) as is_entrant
    from concerned_clinic
    join record_span p using (site_id)
    join stay_rule r using (rule)
    join stay s using (site_id, rule)
    where s.started_on <= p.last_day
), followed as (
    select site_id, rule, exit_reason, last_day, first_value(entered_on) over each_client as entered_on,
           first_value(is_entrant) over each_client as is_entrant,
           started_on - first_value(entered_on) over each_client as begun_after,
           ended_on - first_value(entered_on) over each_client as ended_after, row_number() over each_client as number,
           count(*) filter (where exit_reason = 'dropout') over each_client as dropouts,
           lag(exit_reason) over each_client as reason_before
    from known_stay
    window each_client as (partition by site_id, rule, client_id order by started_on)
), placed as materialized (
    -- The months of his own (n) by which each stay of an entrant has begun, and has ended.
    select site_id, rule, date_trunc('month', entered_on::timestamp)::date as month, number, exit_reason, dropouts,
           reason_before, last_day, case when number = 1 then 1 else begun.n end as begun, ended.n as ended
    from followed
    left join anniversary begun on begun_after > begun.days_before and begun_after <= begun.days
    left join anniversary ended on ended_after >= ended.days_before and ended_after < ended.days
    where is_entrant
), change as (
    select site_id, rule, month, begun as n, 0 as uninterrupted, 1 as in_treatment,
           case when reason_before = 'transferred' then -1 else 0 end as transferred,
           case when reason_before = 'died' then -1 else 0 end as died, 0 as dropouts, 0 as dropouts_squared
    from placed
    union all
    select site_id, rule, month, ended, case when number = 1 then -1 else 0 end, -1,
           case when exit_reason = 'transferred' then 1 else 0 end, case when exit_reason = 'died' then 1 else 0 end,
           case when exit_reason = 'dropout' then 1 else 0 end,
           -- The k-th dropout makes k squared of (k - 1) squared.
           case when exit_reason = 'dropout' then 2 * dropouts - 1 else 0 end
    from placed
    where ended is not null
), cohort as (
    -- Who entered before the months that can be reported on is in no cohort.
    select site_id, rule, month, count(*) as clients, max(last_day) as last_day
    from placed
    join reporting_month using (month)
    where number = 1
    group by site_id, rule, month
), summed as (
    select c.site_id, c.rule, c.month, c.clients, n.n,
           (c.month + interval '1 month')::date - 1 + n.days <= c.last_day as is_known,
           c.clients + sum(coalesce(x.uninterrupted, 0)) over until_n as uninterrupted,
           sum(coalesce(x.in_treatment, 0)) over until_n as in_treatment,
           sum(coalesce(x.transferred, 0)) over until_n as transferred, sum(coalesce(x.died, 0)) over until_n as died,
           sum(coalesce(x.dropouts, 0)) over until_n as dropouts,
           sum(coalesce(x.dropouts_squared, 0)) over until_n as dropouts_squared
    from cohort c
    cross join anniversary n
    left join (
        select site_id, rule, month, n, sum(uninterrupted) as uninterrupted, sum(in_treatment) as in_treatment,
               sum(transferred) as transferred, sum(died) as died, sum(dropouts) as dropouts,
               sum(dropouts_squared) as dropouts_squared
        from change
        group by site_id, rule, month, n) as x using (site_id, rule, month, n)
    window until_n as (partition by c.site_id, c.rule, c.month order by n.n)
), counted as materialized (
    select site_id, rule, month, clients,
           coalesce(array_agg(uninterrupted order by n) filter (where is_known), '{}') as uninterrupted,
           coalesce(array_agg(in_treatment order by n) filter (where is_known), '{}') as in_treatment,
           coalesce(array_agg(transferred order by n) filter (where is_known), '{}') as transferred,
           coalesce(array_agg(died order by n) filter (where is_known), '{}') as died,
           coalesce(array_agg(dropouts order by n) filter (where is_known), '{}') as dropouts,
           coalesce(array_agg(dropouts_squared order by n) filter (where is_known), '{}') as dropouts_squared
    from summed
    group by site_id, rule, month, clients
), gone as (
    delete from entry_cohort k using concerned_clinic c
    where k.site_id = c.site_id and not exists (
          select from counted n where (n.site_id, n.rule, n.month) = (k.site_id, k.rule, k.month))
)
insert into entry_cohort as known (
    site_id, rule, month, clients, uninterrupted, in_treatment, transferred, died, dropouts, dropouts_squared)
select site_id, rule, month, clients, uninterrupted, in_treatment, transferred, died, dropouts, dropouts_squared
from counted
on conflict (site_id, rule, month) do update
    set (clients, uninterrupted, in_treatment, transferred, died, dropouts, dropouts_squared)
      = (excluded.clients, excluded.uninterrupted, excluded.in_treatment, excluded.transferred, excluded.died,
         excluded.dropouts, excluded.dropouts_squared)
    where known is distinct from excluded;
