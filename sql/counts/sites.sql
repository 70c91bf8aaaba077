-- The sites of a region ($1), or all that the reader may see.
select s.site_id, s.code, s.name, s.name_zh, g.code as region_code, g.name as region_name, g.name_zh as region_name_zh
from site s
join region g using (region_id)
where ($1::int is null or s.region_id = $1)
order by g.code, s.code;
