-- Clinics whose register of providers the receipt ($1) brought (into table concerned_clinic).
insert into concerned_clinic (site_id, since)
select distinct site_id, '-infinity'::date
from participant
where receipt_id = $1::int and trial = '';
