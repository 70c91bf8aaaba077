-- How long clients of trials (table trial_person) stayed from enrolment under each rule of missed days, without a name. The stay that
-- counts is the one under way at enrolment, or else the first to begin within the days that the rule waits; it is followed until the
-- trial ends, or as far as the clinic's doses tell who stays.
with followed as (
    select t.site_id, t.trial, r.rule, t.enrolled_on, s.ended_on, s.exit_reason, least(p.ends_on, k.last_day) as last_day
    from trial_person t
    join client c on (c.site_id, c.code) = (t.site_id, t.participant)
    cross join stay_rule r
    join record_span k on (k.site_id, k.rule) = (t.site_id, r.rule)
    cross join lateral (
        select ended_on, exit_reason
        from stay
        where (site_id, rule, client_id) = (t.site_id, r.rule, c.client_id)
          and ended_on >= t.enrolled_on and started_on <= t.enrolled_on + r.missed_days
        order by started_on
        limit 1) as s
    left join current_trial_protocol p on p.trial = t.trial
    where t.role = 'client' and r.missed_days is not null
)
insert into trial_stay (site_id, trial, rule, days, has_dropped, people)
select site_id, trial, rule, least(ended_on, last_day) - enrolled_on,
       ended_on <= last_day and coalesce(exit_reason, 'dropout') = 'dropout', count(*)
from followed
where last_day >= enrolled_on
group by 1, 2, 3, 4, 5;
