-- Into how many groups of like size clinics are put in a month ($1), and by which version.
select version, groups
from peer_definition
where in_force_from <= $1::date
order by version desc
limit 1;
