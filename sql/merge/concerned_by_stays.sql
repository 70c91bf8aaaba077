-- Trials in which clients take part of clinics whose stays the load changes (table concerned_clinic; into table concerned_trial).
-- Most clinics are in no trial: more than '' finds that in the index at once.
insert into concerned_trial (site_id, trial)
select distinct t.site_id, t.trial
from concerned_clinic
join (
    select site_id, trial, participant from participant where trial > ''
    union all
    select site_id, trial, participant from assessment where trial > '') as t using (site_id)
join client c on (c.site_id, c.code) = (t.site_id, t.participant)
on conflict do nothing;
