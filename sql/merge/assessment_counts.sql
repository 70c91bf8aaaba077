-- Behaviour at intake and later, and scores by month, of the clinics in the table concerned_clinic: the programme's own
-- assessments, not those of trials.
with own as materialized (
    select a.*
    from concerned_clinic
    join current_assessment a using (site_id)
    where a.trial = '' and a.assessed_on is not null
), newest as (
    select site_id, max(assessed_on) as day from own group by site_id
), asked as (
    select o.site_id, o.instrument, o.participant, o.assessed_on, o.value > 0 as said_yes
    from own o
    join behaviour using (instrument)
    where o.visit_month = 0 and o.role = 'client' and o.status = 'done'
), paired as (
    -- A visit that is written down is due, and so is one whose month has gone by.
    select a.site_id, a.instrument, v.visit_month, date_trunc('month', a.assessed_on::timestamp)::date as month,
           a.said_yes as before, case when later.status = 'done' then later.value > 0 end as after,
           later.status is not null or a.assessed_on + (v.visit_month + 1) * interval '1 month' <= n.day as is_due
    from asked a
    join (select distinct site_id, instrument, visit_month from own where visit_month > 0) as v using (site_id, instrument)
    join newest n using (site_id)
    left join current_assessment later
        on (later.site_id, later.trial, later.participant, later.visit_month, later.instrument)
         = (a.site_id, '', a.participant, v.visit_month, a.instrument)
), behaviour_now as materialized (
    select site_id, instrument, visit_month, month, count(*) as asked, count(*) filter (where is_due) as due,
           count(after) as followed, count(*) filter (where before and after is not null) as yes_before,
           count(*) filter (where after) as yes_after, count(*) filter (where before and after) as yes_both,
           count(*) filter (where is_due and after is null and before) as lost_yes_before
    from paired
    join reporting_month using (month)
    group by site_id, instrument, visit_month, month
), behaviour_gone as (
    delete from behaviour_count k using concerned_clinic c
    where k.site_id = c.site_id and not exists (
        select from behaviour_now n
        where (n.site_id, n.instrument, n.visit_month, n.month) = (k.site_id, k.instrument, k.visit_month, k.month))
), behaviour_stored as (
    insert into behaviour_count as known (
        site_id, instrument, visit_month, month, asked, due, followed, yes_before, yes_after, yes_both, lost_yes_before)
    select * from behaviour_now
    on conflict (site_id, instrument, visit_month, month) do update
        set (asked, due, followed, yes_before, yes_after, yes_both, lost_yes_before)
          = (excluded.asked, excluded.due, excluded.followed, excluded.yes_before, excluded.yes_after, excluded.yes_both,
             excluded.lost_yes_before)
        where known is distinct from excluded
), scored as materialized (
    select site_id, role, instrument, month, count(*) as people, sum(value) as score_sum, sum(value * value) as score_square
    from (
        select distinct on (site_id, role, instrument, date_trunc('month', assessed_on::timestamp), participant)
               site_id, role, instrument, date_trunc('month', assessed_on::timestamp)::date as month, value
        from own
        where status = 'done' and instrument not in (select instrument from behaviour)
        order by site_id, role, instrument, date_trunc('month', assessed_on::timestamp), participant, assessed_on desc,
                 visit_month desc) as last_of_month
    join reporting_month using (month)
    group by site_id, role, instrument, month
), scores_gone as (
    delete from score_count k using concerned_clinic c
    where k.site_id = c.site_id and not exists (
        select from scored n
        where (n.site_id, n.role, n.instrument, n.month) = (k.site_id, k.role, k.instrument, k.month))
)
insert into score_count as known (site_id, role, instrument, month, people, score_sum, score_square)
select * from scored
on conflict (site_id, role, instrument, month) do update
    set (people, score_sum, score_square) = (excluded.people, excluded.score_sum, excluded.score_square)
    where known is distinct from excluded;
