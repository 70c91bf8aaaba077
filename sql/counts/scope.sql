-- A region ($1) or site ($2) by its code, with the names of both. No row: not known, or not the reader's.
select g.region_id, null::int as site_id, g.name, g.name_zh, null as region_code, null as region_name, null as region_name_zh
from region g
where g.code = $1 and exists (select from site s where s.region_id = g.region_id)
union all
select s.region_id, s.site_id, s.name, s.name_zh, g.code, g.name, g.name_zh
from site s
join region g using (region_id)
where s.code = $2;
