-- Who took part in trials at the clinics of the table concerned_trial (trial_participant, trial_assessment) and came to which visit, and outcomes at baseline. A visit
-- is due once it is written down, or a month after its day as long as the clinic's records of the trial go on.
with enrolled as materialized (
    select p.site_id, p.trial, p.participant, p.role, p.enrolled_on, p.withdrawn_on
    from trial_participant p
    union all
    select site_id, trial, participant, min(role), min(assessed_on) filter (where visit_month = 0), null
    from trial_assessment a
    where not exists (
        select from trial_participant p where (p.site_id, p.trial, p.participant) = (a.site_id, a.trial, a.participant))
    group by site_id, trial, participant
), seen as materialized (
    -- Of several instruments at a visit: done, where one was.
    select a.site_id, a.trial, a.participant, a.visit_month,
           min(array_position(array['done', 'missed', 'refused', 'lost'], a.status)) as found
    from trial_assessment a
    group by a.site_id, a.trial, a.participant, a.visit_month
), newest as (
    select site_id, trial, max(assessed_on) as day
    from trial_assessment
    group by site_id, trial
), visit as (
    -- Visits of clients are not those of providers.
    select distinct a.trial, a.role, a.visit_month
    from assessment a
    where a.trial in (select trial from concerned_trial)
), due as (
    select e.site_id, e.trial, e.role, v.visit_month, s.found,
           e.withdrawn_on < e.enrolled_on + v.visit_month * interval '1 month' and s.found is null as is_withdrawn,
           s.found is not null
           or (e.withdrawn_on is null or e.withdrawn_on >= e.enrolled_on + v.visit_month * interval '1 month')
              and e.enrolled_on + (v.visit_month + 1) * interval '1 month' <= n.day as is_due
    from enrolled e
    join visit v using (trial, role)
    left join newest n using (site_id, trial)
    left join seen s using (site_id, trial, participant, visit_month)
), flow_stored as (
    insert into trial_flow (
        site_id, trial, role, visit_month, enrolled, withdrawn, due, assessed, missed, refused, lost)
    select site_id, trial, role, visit_month, count(*), count(*) filter (where is_withdrawn), count(*) filter (where is_due),
           count(*) filter (where found = 1), count(*) filter (where found = 2), count(*) filter (where found = 3),
           count(*) filter (where found = 4)
    from due
    group by site_id, trial, role, visit_month
)
insert into trial_baseline (site_id, trial, role, outcome, people, total, squares)
select site_id, trial, role, outcome, count(value), sum(value), sum(value * value)
from concerned_trial
join trial_measure using (site_id, trial)
where visit_month = 0 and status = 'done'
group by site_id, trial, role, outcome;
