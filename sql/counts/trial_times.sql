-- How long clients of a trial ($1) stayed in treatment, by clinic: days from enrolment, whether they then dropped out, how many.
select site_id, days, has_dropped, count(*) as people
from trial_subject
where trial = $1 and role = 'client' and days is not null
group by site_id, days, has_dropped
order by site_id, days, has_dropped;
