-- Where assessments were stored before there were the tables of their counts, those of every clinic are to be counted (into
-- table concerned_clinic).
insert into concerned_clinic (site_id, since)
select distinct site_id, '-infinity'::date
from assessment
where trial = '' and not exists (select from behaviour_count) and not exists (select from score_count);
