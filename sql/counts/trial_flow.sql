-- Who took part in a trial ($1) and came to which visit, by clinic.
select site_id, role, visit_month, enrolled, withdrawn, due, assessed, missed, refused, lost
from trial_flow
where trial = $1
order by site_id, role, visit_month;
