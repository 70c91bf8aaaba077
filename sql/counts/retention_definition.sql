-- How retention is estimated from clients' stays: the version in force.
select version, rule, follows, window_months, fewest_at_risk
from retention_definition
where in_force_from <= programme_time(now())::date
order by version desc
limit 1;
