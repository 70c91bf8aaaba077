-- How long clients of a trial ($1) stayed under each rule of missed days, by clinic: days from enrolment, whether they then dropped
-- out, how many. A rule under which nobody is counted has one row without a clinic.
select r.rule, r.missed_days, t.site_id, t.days, t.has_dropped, t.people
from stay_rule r
left join trial_stay t on t.rule = r.rule and t.trial = $1
where r.missed_days is not null
order by r.place, t.site_id, t.days, t.has_dropped;
