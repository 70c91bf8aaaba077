-- The stays of the clients in the table concerned_client under each rule, from their episodes and doses. A stay under a rule
-- of missed days goes from a dose to the last one before a gap of so many days; the reported episode that ends with it says
-- why, and the one that was under way at its first dose since when.
with dosed as (
    select s.site_id, s.client_id, s.month + dose.day::int - 1 as day
    from concerned_client
    join current_dose_sheet s using (site_id, client_id)
    cross join lateral unnest(s.tenths_mg) with ordinality as dose (tenths, day)
    where dose.tenths is not null
), neighbours as (
    select site_id, client_id, day, day - lag(day) over each_client - 1 as missed_before,
           lead(day) over each_client - day - 1 as missed_after
    from dosed
    window each_client as (partition by site_id, client_id order by day)
), edge as materialized (
    select *
    from neighbours
    where missed_before is null or missed_after is null
       or greatest(missed_before, missed_after) >= (select min(missed_days) from stay_rule)
), ordered as (
    select e.site_id, r.rule, r.missed_days, e.client_id, e.day,
           coalesce(e.missed_before >= r.missed_days, true) as is_first,
           coalesce(e.missed_after >= r.missed_days, true) as is_last,
           lead(e.day) over (partition by e.site_id, e.client_id, r.rule order by e.day) as next_edge
    from edge e
    join stay_rule r on coalesce(e.missed_before >= r.missed_days, true) or coalesce(e.missed_after >= r.missed_days, true)
), run as (
    select site_id, rule, missed_days, client_id, day as started_on, case when is_last then day else next_edge end as ended_on
    from ordered
    where is_first
), told as (
    select e.site_id, e.client_id, e.started_on, e.ended_on, e.exit_reason,
           coalesce(e.started_on > max(coalesce(e.ended_on, 'infinity')) over (
               partition by e.site_id, e.client_id order by e.started_on
               rows between unbounded preceding and 1 preceding), true) as begins
    from concerned_client
    join current_episode e using (site_id, client_id)
), numbered as (
    select *, count(*) filter (where begins) over (partition by site_id, client_id order by started_on) as number
    from told
), episode as materialized (
    -- Episodes that overlap are one stay: nobody is in treatment twice.
    select site_id, client_id, min(started_on) as started_on, nullif(max(coalesce(ended_on, 'infinity')), 'infinity') as ended_on,
           case when max(coalesce(ended_on, 'infinity')) < 'infinity'
                then coalesce((array_agg(exit_reason order by ended_on desc))[1], 'other') end as exit_reason
    from numbered
    group by site_id, client_id, number
), derived as materialized (
    select site_id, 'reported' as rule, client_id, started_on, null::date as entered_on, ended_on, exit_reason
    from episode
    union all
    select r.site_id, r.rule, r.client_id, r.started_on,
           (select max(e.started_on) from episode e
            where (e.site_id, e.client_id) = (r.site_id, r.client_id)
              and e.started_on <= r.started_on and coalesce(e.ended_on, 'infinity') >= r.started_on),
           r.ended_on,
           (select e.exit_reason from episode e
            where (e.site_id, e.client_id) = (r.site_id, r.client_id)
              and e.ended_on between r.ended_on - r.missed_days and r.ended_on + r.missed_days
            order by abs(e.ended_on - r.ended_on), e.ended_on
            limit 1)
    from run r
), gone as (
    delete from stay using concerned_client c
    where (stay.site_id, stay.client_id) = (c.site_id, c.client_id)
      and (stay.site_id, stay.rule, stay.client_id, stay.started_on) not in (
          select site_id, rule, client_id, started_on from derived)
)
insert into stay as known (site_id, rule, client_id, started_on, entered_on, ended_on, exit_reason)
select site_id, rule, client_id, started_on, entered_on, ended_on, exit_reason
from derived
on conflict (site_id, rule, client_id, started_on) do update
    set entered_on = excluded.entered_on, ended_on = excluded.ended_on, exit_reason = excluded.exit_reason
    where (known.entered_on, known.ended_on, known.exit_reason)
        is distinct from (excluded.entered_on, excluded.ended_on, excluded.exit_reason);
