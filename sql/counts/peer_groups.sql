-- Into how many groups of like size clinics are put in a month ($1).
select groups
from peer_definition
where in_force_from <= $1::date
order by version desc
limit 1;
