-- Clinics whose own assessments, not those of a trial, the receipt ($1) brought (into table concerned_clinic).
insert into concerned_clinic (site_id, since)
select distinct site_id, '-infinity'::date
from assessment
where receipt_id = $1::int and trial = '';
