-- Where a rule has no stays though there are records that it speaks of, those of every client are to be worked out (into
-- table concerned_client).
insert into concerned_client (site_id, client_id, first_day, last_day)
select site_id, client_id, '-infinity', 'infinity'
from client
where exists (
    select from stay_rule r
    where not exists (select from record_span p where p.rule = r.rule)
      and case when r.rule = 'reported' then exists (select from episode) else exists (select from dose_sheet) end);
