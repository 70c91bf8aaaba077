-- The flags of the current reports of a site ($1), newest month first; rules of the programme's own bring their sentence.
select f.month, f.version, f.code, f.seen, f.expected, f.field, own.text_en, own.text_zh
from report_flag f
join current_report r using (site_id, month, version)
left join lateral (
    select q.text_en, q.text_zh from quality_rule q where q.code = f.code and q.text_en is not null
    order by q.rule limit 1) as own on true
where f.site_id = $1
order by f.month desc, f.code;
