-- Whose stays a file's doses (table staging) may change, and the days between which they lie (into table concerned_client).
-- Everybody's, where a rule was added since the program started: some clients' stays alone would look like all there are.
insert into concerned_client (site_id, client_id, first_day, last_day)
select site_id, client_id, min(first_day), max(last_day)
from (
    select k.site_id, k.client_id, s.month as first_day, (s.month + interval '1 month')::date - 1 as last_day
    from staging s
    join staged_client c using (client)
    join client k on (k.site_id, k.code) = (c.site_id, c.code)
    union all
    select site_id, client_id, '-infinity', 'infinity'
    from client
    where exists (select from record_span where rule <> 'reported')
      and exists (
          select from stay_rule r
          where r.rule <> 'reported' and not exists (select from record_span p where p.rule = r.rule))) as concerned
group by site_id, client_id;
