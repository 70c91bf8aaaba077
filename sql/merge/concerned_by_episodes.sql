-- Whose stays a file's episodes (table staging) may change (into table concerned_client): those under a rule of missed days
-- in their reasons, but not in their days.
insert into concerned_client (site_id, client_id)
select distinct k.site_id, k.client_id
from staging s
join staged_client c using (client)
join client k on (k.site_id, k.code) = (c.site_id, c.code);
