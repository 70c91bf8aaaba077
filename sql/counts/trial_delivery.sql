-- How much of the intervention arrived in a trial ($1), by clinic and session; nothing until the arms are uncovered.
select site_id, form, number, planned, held, attended, minutes, timed
from trial_delivery
where trial = $1
order by site_id, form, number;
