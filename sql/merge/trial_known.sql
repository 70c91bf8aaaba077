-- What is known now of the participants of trials at the clinics of the table concerned_trial, and of their assessments (into tables
-- trial_participant, trial_assessment).
with participants as (
    insert into trial_participant select p.* from concerned_trial join current_participant p using (site_id, trial)
)
insert into trial_assessment select a.* from concerned_trial join current_assessment a using (site_id, trial);
