-- The clinics of trials without their arms, of the table concerned_trial.
insert into trial_cluster (site_id, trial, pair, stratum, allocated_on)
select site_id, trial, pair, stratum, allocated_on
from concerned_trial
join current_allocation using (site_id, trial);
