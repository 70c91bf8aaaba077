-- Participants of trials (table trial_person), and what was measured on them, without a name: a number is drawn anew each time.
with numbered as materialized (
    select *, row_number() over (partition by site_id, trial, role order by random()) as subject
    from trial_person
), followed as (
    -- Until when the trial is known of at the clinic; where the team says nothing, the clinic's register tells who left.
    select n.*, coalesce(n.left_treatment_on, stay.ended_on) as left_on, coalesce(n.exit_reason, stay.exit_reason) as reason,
           least(p.ends_on, t.last_day) as last_day
    from numbered n
    left join current_trial_protocol p using (trial)
    left join (
        select site_id, trial, max(day) as last_day
        from (select site_id, trial, assessed_on as day from trial_assessment
              union all
              select site_id, trial, left_treatment_on from trial_participant) as told
        group by site_id, trial) as t using (site_id, trial)
    left join client c on c.site_id = n.site_id and c.code = n.participant and n.role = 'client'
    left join lateral (
        select e.ended_on, e.exit_reason
        from current_episode e
        where (e.site_id, e.client_id) = (c.site_id, c.client_id)
          and n.enrolled_on between e.started_on and coalesce(e.ended_on, 'infinity')
        order by e.started_on desc
        limit 1) as stay on n.left_treatment_on is null
), subject_stored as (
    insert into trial_subject (site_id, trial, role, subject, age, female, days, has_dropped)
    select site_id, trial, role, subject, extract(year from enrolled_on)::int - birth_year,
           case when sex is not null then (sex = 'female')::int end,
           case when role = 'client' then greatest(least(left_on, last_day) - enrolled_on, 0) end,
           case when role = 'client' and least(left_on, last_day) >= enrolled_on
                then coalesce(left_on <= last_day and reason = 'dropout', false) end
    from followed
)
insert into trial_measure (site_id, trial, role, subject, outcome, visit_month, status, is_doubtful, value)
select n.site_id, n.trial, n.role, n.subject, a.instrument, a.visit_month, a.status,
       coalesce(abs(a.assessed_on - (n.enrolled_on + a.visit_month * interval '1 month')::date) > 45, false), a.value
from trial_assessment a
join numbered n using (site_id, trial, participant);
