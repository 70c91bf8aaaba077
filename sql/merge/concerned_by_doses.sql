-- Whose stays a file's doses (table staging) may change, and the days between which they lie (into table concerned_client).
insert into concerned_client (site_id, client_id, first_day, last_day)
select k.site_id, k.client_id, min(s.month), (max(s.month) + interval '1 month')::date - 1
from staging s
join staged_client c using (client)
join client k on (k.site_id, k.code) = (c.site_id, c.code)
group by k.site_id, k.client_id;
