-- Who takes part in the trials of the table concerned_trial (trial_participant, trial_assessment; into table trial_person): whoever is
-- on the list of participants or was assessed.
insert into trial_person (site_id, trial, participant, role, enrolled_on, left_treatment_on, exit_reason, sex, birth_year)
select site_id, trial, participant, coalesce(k.role, a.role), coalesce(k.enrolled_on, a.first_day), k.left_treatment_on,
       k.exit_reason, k.sex, k.birth_year
from trial_participant k
full join (
    select site_id, trial, participant, min(role) as role, min(assessed_on) filter (where visit_month = 0) as first_day
    from trial_assessment
    group by site_id, trial, participant) as a using (site_id, trial, participant);
