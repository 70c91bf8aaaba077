-- The clinics of a trial ($1) that the reader may see; the arm only where he has uncovered it.
select c.site_id, s.code, s.name, s.name_zh, c.pair, c.stratum, c.allocated_on, a.arm
from trial_cluster c
join site s using (site_id)
left join current_allocation a using (site_id, trial)
where c.trial = $1
order by c.pair, s.code;
