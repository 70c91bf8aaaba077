-- The clients of a file (table staged_client) who are not known yet get a number in their clinic. Under the lock of
-- merges, so that no two get the same.
with new_client as (
    select s.site_id, s.code, min(s.client) as place
    from staged_client s
    where not exists (select from client k where (k.site_id, k.code) = (s.site_id, s.code))
    group by s.site_id, s.code
)
insert into client (site_id, client_id, code)
select n.site_id,
       coalesce(highest.client_id, 0) + row_number() over (partition by n.site_id order by n.place), n.code
from new_client n
left join (select site_id, max(client_id) as client_id from client group by site_id) as highest using (site_id);
