-- Providers of a region ($1) or a site ($2) or all at the end of each of the months from $3 to $4, and the clients in treatment
-- then in the clinics that have a register of providers and reported their clients.
select m.month, sum(p.providers) as providers, sum(r.closing) as clients, count(*) as sites
from reporting_month m
join lateral (
    select distinct on (site_id) site_id, providers
    from provider_count
    where month <= m.month and ($2::int is null or site_id = $2)
    order by site_id, month desc) as p on true
join site s using (site_id)
join current_report r on r.site_id = p.site_id and r.month = m.month and r.closing is not null
where m.month between $3::date and $4::date and ($1::int is null or s.region_id = $1) and p.providers > 0
group by m.month
order by m.month;
