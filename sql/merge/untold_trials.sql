-- Trials whose records are to be worked out (into table concerned_trial): of every clinic where trials were stored before there were
-- the tables of their records, and those of whose clients nothing is told under a rule though their doses tell it (a rule is
-- new, or the table trial_stay).
with untold_rule as materialized (
    select rule, missed_days
    from stay_rule r
    where missed_days is not null and not exists (select from trial_stay told where told.rule = r.rule)
)
insert into concerned_trial (site_id, trial)
select site_id, trial from allocation where not exists (select from trial_cluster)
union
select t.site_id, t.trial
from (
    select site_id, trial, participant, enrolled_on from current_participant where role = 'client'
    union all
    select site_id, trial, participant, assessed_on from current_assessment where role = 'client' and visit_month = 0) as t
join client c on (c.site_id, c.code) = (t.site_id, t.participant)
join stay s on (s.site_id, s.client_id) = (c.site_id, c.client_id)
join untold_rule r on r.rule = s.rule
join record_span k on (k.site_id, k.rule) = (s.site_id, s.rule)
left join current_trial_protocol p on p.trial = t.trial
where exists (select from untold_rule) and t.trial > ''
  and t.enrolled_on between s.started_on - r.missed_days and s.ended_on and t.enrolled_on <= least(p.ends_on, k.last_day);
