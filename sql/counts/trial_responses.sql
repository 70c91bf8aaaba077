-- Yes or no in a trial ($1, $2 role, $3 outcome) as estimators need it: for each clinic how many people gave the same answers at the
-- same visits, and have the same covariates ($4: age, female). $5: without what was measured far from its day.
select site_id, visits, answers, case when 'age' = any ($4::text[]) then age end as age,
       case when 'female' = any ($4::text[]) then female end as female, count(*) as people
from (
    select m.site_id, m.subject, s.age, s.female, array_agg(m.visit_month order by m.visit_month) as visits,
           array_agg((m.value > 0)::int order by m.visit_month) as answers
    from trial_measure m
    join trial_subject s using (site_id, trial, role, subject)
    where m.trial = $1 and m.role = $2 and m.outcome = $3 and m.status = 'done' and not (m.is_doubtful and $5::boolean)
    group by m.site_id, m.subject, s.age, s.female) as person
group by 1, 2, 3, 4, 5
order by 1, 2, 3, 4, 5;
