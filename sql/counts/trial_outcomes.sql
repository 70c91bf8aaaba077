-- What was measured in a trial ($1), planned or not: how many values, and whether they are all yes or no.
select role, outcome, count(*) as assessed, count(distinct visit_month) as visits, bool_and(value in (0, 1)) as is_binary
from trial_measure
where trial = $1 and status = 'done'
group by role, outcome
order by role, outcome;
