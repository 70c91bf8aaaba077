-- Outcomes of a trial ($1) before the intervention, by clinic.
select site_id, role, outcome, people, total::float8 as total, squares::float8 as squares
from trial_baseline
where trial = $1
order by role, outcome, site_id;
