-- The flags of the current reports of a region ($1) or a site ($2) or all, in a state ($3) or any: newest month first.
select f.site_id, f.month, f.version, f.code, f.field, f.seen, f.expected, f.state, f.owner,
       to_char(programme_time(f.since), 'YYYY-MM-DD') as since, f.reason, f.last_action, f.last_action_by,
       own.text_en, own.text_zh
from flag_state f
join site s using (site_id)
left join lateral (
    select q.text_en, q.text_zh from quality_rule q where q.code = f.code and q.text_en is not null
    order by q.rule limit 1) as own on true
where ($1::int is null or s.region_id = $1) and ($2::int is null or f.site_id = $2) and ($3::text is null or f.state = $3)
order by f.month desc, f.site, f.code;
