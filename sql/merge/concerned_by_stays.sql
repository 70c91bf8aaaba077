-- Trials in which clients take part of clinics whose stays the load changes (table concerned_clinic; into table concerned_trial).
-- Most clinics are in no trial: of these the index knows at once that they have nothing after ''.
insert into concerned_trial (site_id, trial)
select distinct t.site_id, t.trial
from concerned_clinic clinic
cross join lateral (
    (select site_id, trial, participant from participant where site_id = clinic.site_id and trial > '' offset 0)
    union all
    (select site_id, trial, participant from assessment where site_id = clinic.site_id and trial > '' offset 0)) as t
join client c on (c.site_id, c.code) = (t.site_id, t.participant)
on conflict do nothing;
