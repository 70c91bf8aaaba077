-- The stays of the clients in the table concerned_client under each rule, from their episodes and doses. A stay under a rule
-- of missed days goes from a dose to the last one before a gap of so many days; the reported episode that ends with it says
-- why, and the one that was under way at its first dose since when. Doses are read around the days that the load brought
-- (first_day to last_day); stays beyond them stand, and one that reaches beyond keeps its end there.
-- From which day on anything of a clinic changes is kept in the table concerned_clinic.
with around as materialized (
    select site_id, client_id, first_day, last_day, first_day - waits.days as read_from, last_day + waits.days as read_to
    from concerned_client
    cross join (select max(missed_days) + 1 as days from stay_rule) as waits
), dosed as (
    select s.site_id, s.client_id, s.month + dose.day::int - 1 as day, a.read_from, a.read_to
    from around a
    join current_dose_sheet s
        on (s.site_id, s.client_id) = (a.site_id, a.client_id)
        and s.month between date_trunc('month', a.read_from::timestamp) and a.read_to
    cross join lateral unnest(s.tenths_mg) with ordinality as dose (tenths, day)
    where dose.tenths is not null
), neighbours as (
    -- Before a client's first dose and after his last one the gap has no end: 2,147,483,647 days.
    select site_id, client_id, day, coalesce(day - lag(day) over each_client - 1, 2147483647) as missed_before,
           coalesce(lead(day) over each_client - day - 1, 2147483647) as missed_after
    from dosed
    where day between read_from and read_to
    window each_client as (partition by site_id, client_id order by day)
), edge as materialized (
    select *
    from neighbours
    where greatest(missed_before, missed_after) >= (select min(missed_days) from stay_rule)
), ordered as (
    select e.site_id, r.rule, e.client_id, e.day, e.missed_before >= r.missed_days as is_first,
           e.missed_after >= r.missed_days as is_last,
           lead(e.day) over (partition by e.site_id, e.client_id, r.rule order by e.day) as next_edge
    from edge e
    join stay_rule r on greatest(e.missed_before, e.missed_after) >= r.missed_days
), read as (
    select site_id, rule, client_id, day as started_on, case when is_last then day else next_edge end as ended_on
    from ordered
    where is_first
), stored as materialized (
    select s.*, a.first_day, a.last_day, a.read_from, a.read_to
    from around a
    join stay s using (site_id, client_id)
), run as (
    select r.site_id, r.rule, r.client_id, coalesce(before.started_on, r.started_on) as started_on,
           coalesce(after.ended_on, r.ended_on) as ended_on
    from read r
    left join stored before
        on (before.site_id, before.rule, before.client_id) = (r.site_id, r.rule, r.client_id)
        and before.started_on < before.read_from and r.started_on between before.read_from and before.first_day - 1
        and r.started_on <= before.ended_on
    left join stored after
        on (after.site_id, after.rule, after.client_id) = (r.site_id, r.rule, r.client_id)
        and after.ended_on > after.read_to and r.ended_on between after.last_day + 1 and after.read_to
        and r.ended_on >= after.started_on
    union all
    select site_id, rule, client_id, started_on, ended_on
    from stored
    where rule <> 'reported' and coalesce(ended_on < read_from or started_on > read_to, true)
), told as (
    select e.site_id, e.client_id, e.started_on, e.ended_on, e.exit_reason,
           coalesce(e.started_on > max(coalesce(e.ended_on, 'infinity')) over (
               partition by e.site_id, e.client_id order by e.started_on
               rows between unbounded preceding and 1 preceding), true) as begins
    from around
    join current_episode e using (site_id, client_id)
), numbered as (
    select *, count(*) filter (where begins) over (partition by site_id, client_id order by started_on) as number
    from told
), episode as materialized (
    -- Episodes that overlap are one stay: nobody is in treatment twice.
    select site_id, client_id, min(started_on) as started_on, nullif(max(coalesce(ended_on, 'infinity')), 'infinity') as ended_on,
           case when max(coalesce(ended_on, 'infinity')) < 'infinity'
                then coalesce((array_agg(exit_reason order by ended_on desc, exit_reason is null, started_on desc))[1], 'other')
           end as exit_reason
    from numbered
    group by site_id, client_id, number
), moment as (
    -- A client's days, one after another: an episode begins (0), a stay under a rule begins (1), it ends (2).
    select site_id, client_id, started_on as day, 0 as turn, null as rule, null::date as started_on, null::date as ended_on,
           null::date as left_before, started_on as told_from, ended_on as told_until, exit_reason
    from episode
    union all
    select site_id, client_id, case turn when 1 then started_on else ended_on end, turn, rule, started_on, ended_on,
           lag(ended_on) over (partition by site_id, rule, client_id, turn order by started_on), null, null, null
    from run
    cross join (values (1), (2)) as side (turn)
), placed as (
    select *, count(told_from) over (partition by site_id, client_id order by day, turn rows unbounded preceding) as episode
    from moment
), beside_episode as (
    -- Each moment beside the episode begun last.
    select site_id, client_id, turn, rule, started_on, ended_on, left_before, max(told_from) over each_episode as told_from,
           max(told_until) over each_episode as told_until, max(exit_reason) over each_episode as exit_reason
    from placed
    window each_episode as (partition by site_id, client_id, episode)
), derived as (
    select site_id, 'reported' as rule, client_id, started_on, null::date as entered_on, ended_on, exit_reason
    from episode
    union all
    -- One who left and comes back begins anew, though his episode may never have been closed. The episode that he was in last
    -- says why he left, if it ended about then.
    select b.site_id, b.rule, b.client_id, b.started_on,
           max(b.told_from) filter (
               where b.turn = 1 and coalesce(b.told_until >= b.started_on, true) and coalesce(b.told_from > b.left_before, true)),
           b.ended_on,
           max(b.exit_reason) filter (
               where b.turn = 2 and b.told_until >= b.started_on and abs(b.told_until - b.ended_on) <= s.missed_days)
    from beside_episode b
    join stay_rule s using (rule)
    group by b.site_id, b.rule, b.client_id, b.started_on, b.ended_on
), difference as materialized (
    select site_id, rule, client_id, started_on, d.entered_on, d.ended_on, d.exit_reason, d.site_id is null as is_gone,
           case when k.entered_on is not distinct from d.entered_on and k.site_id = d.site_id
                then least(k.ended_on, d.ended_on) else least(k.entered_on, d.entered_on, started_on) end as since
    from derived d
    full join stored k using (site_id, rule, client_id, started_on)
    where d.site_id is null or k.site_id is null
       or (d.entered_on, d.ended_on, d.exit_reason) is distinct from (k.entered_on, k.ended_on, k.exit_reason)
), clinic as (
    insert into concerned_clinic (site_id, since)
    select site_id, min(day)
    from (
        select site_id, since from difference
        union all
        select site_id, first_day from concerned_client
        union all
        select p.site_id, p.last_day from concerned_client join record_span p using (site_id)) as turn (site_id, day)
    group by site_id
    having count(day) > 0
), gone as (
    delete from stay using difference d
    where d.is_gone
      and (stay.site_id, stay.rule, stay.client_id, stay.started_on) = (d.site_id, d.rule, d.client_id, d.started_on)
)
insert into stay (site_id, rule, client_id, started_on, entered_on, ended_on, exit_reason)
select site_id, rule, client_id, started_on, entered_on, ended_on, exit_reason
from difference
where not is_gone
on conflict (site_id, rule, client_id, started_on) do update
    set (entered_on, ended_on, exit_reason) = (excluded.entered_on, excluded.ended_on, excluded.exit_reason);
