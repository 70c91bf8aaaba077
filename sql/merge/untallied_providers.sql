-- Where the register of providers was stored before there was the table of their counts, those of every clinic are to be
-- counted (into table concerned_clinic).
insert into concerned_clinic (site_id, since)
select distinct site_id, '-infinity'::date
from participant
where trial = '' and role = 'provider' and not exists (select from provider_count);
