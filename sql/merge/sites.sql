-- Valid rows of a site registry (table staging) into regions, sites, their calendar, aliases and scopes.
-- A row that says what is known already is unchanged. One statement; the counts go onto the receipt.
with named_region as (
    select distinct on (region) region as code, coalesce(region_name, region) as name, region_name_zh as name_zh
    from staging
    order by region, (region_name is null), line
), stored_region as (
    insert into region (code, name, name_zh)
    select code, name, name_zh from named_region
    on conflict (code) do update set
        name = case when excluded.name = excluded.code then region.name else excluded.name end,
        name_zh = coalesce(excluded.name_zh, region.name_zh)
    returning region_id, code
), calendar as (
    -- A registry knows a clinic's first and last day; what lies between them (suspended, open again) it leaves alone.
    select site_id, min(starts_on) as opened_on, max(starts_on) as last_starts_on,
           (array_agg(ends_on order by starts_on desc))[1] as closed_on
    from site_interval
    group by site_id
), compared as (
    select s.line, s.site as code, s.name, coalesce(s.name_zh, known.name_zh) as name_zh, g.region_id,
           coalesce(s.affiliation, known.affiliation) as affiliation,
           coalesce(s.provenance, known.provenance, 'reported') as provenance, s.opened_on, s.closed_on,
           known.site_id,
           -- What a registry leaves blank stays as it is known.
           (known.name, known.name_zh, known.region_id, known.affiliation, known.provenance)
               is not distinct from
               (s.name, coalesce(s.name_zh, known.name_zh), g.region_id, coalesce(s.affiliation, known.affiliation),
                coalesce(s.provenance, known.provenance, 'reported'))
           and (s.opened_on is null or exists (
               select from calendar c
               where c.site_id = known.site_id and c.opened_on = s.opened_on
                 and c.closed_on is not distinct from s.closed_on))
           and not exists (
               select from unnest(string_to_array(s.aliases, '|')) as other (code)
               where trim(other.code) <> '' and not exists (
                   select from site_alias a where a.alias = trim(other.code) and a.site_id = known.site_id)) as is_same
    from staging s
    join stored_region g on g.code = s.region
    left join site known on known.code = s.site
), stored_site as (
    insert into site (code, name, name_zh, region_id, affiliation, provenance)
    select code, name, name_zh, region_id, affiliation, provenance
    from compared where is_same is not true
    on conflict (code) do update set
        name = excluded.name, name_zh = excluded.name_zh, region_id = excluded.region_id,
        affiliation = excluded.affiliation, provenance = excluded.provenance
    returning site_id, code, region_id
), dated as (
    select s.site_id, c.opened_on, c.closed_on, k.opened_on as known_opened_on, k.last_starts_on
    from stored_site s
    join compared c using (code)
    left join calendar k on k.site_id = s.site_id
    where c.opened_on is not null
), new_interval as (
    insert into site_interval (site_id, starts_on, ends_on, status)
    select site_id, opened_on, closed_on, 'open' from dated where known_opened_on is null
), moved_interval as (
    update site_interval i
    set starts_on = case when i.starts_on = d.known_opened_on then d.opened_on else i.starts_on end,
        ends_on = case when i.starts_on = d.last_starts_on then d.closed_on else i.ends_on end
    from dated d
    where i.site_id = d.site_id and i.starts_on in (d.known_opened_on, d.last_starts_on)
), recalled as (
    -- A calendar that has changed asks its reports anew whether their clinic was open.
    insert into touched (site_id, month)
    select r.site_id, r.month from current_report r join dated using (site_id)
), stored_alias as (
    insert into site_alias (alias, site_id)
    select distinct trim(other.code), s.site_id
    from stored_site s
    join staging t on t.site = s.code
    cross join lateral unnest(string_to_array(t.aliases, '|')) as other (code)
    where trim(other.code) <> ''
    on conflict (alias) do nothing
), scoped as (
    select count(create_scope_roles(site_id, array[region_id])) from stored_site
)
select count(*) filter (where site_id is null)                       as inserted,
       count(*) filter (where site_id is not null and not is_same)   as changed,
       count(*) filter (where site_id is not null and is_same)       as unchanged,
       (select * from scoped)                                        as scopes
from compared;
