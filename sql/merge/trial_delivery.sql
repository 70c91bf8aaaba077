-- How much of the intervention arrived at the clinics of the table concerned_trial, by session.
insert into trial_delivery (site_id, trial, form, number, planned, held, attended, minutes, timed)
select site_id, trial, form, number, count(*), count(held_on),
       coalesce(sum(case when form = 'client_interview' then (held_on is not null)::int else attended end), 0),
       coalesce(sum(minutes), 0), count(minutes)
from concerned_trial
join current_session using (site_id, trial)
group by site_id, trial, form, number;
