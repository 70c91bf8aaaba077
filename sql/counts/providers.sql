-- Providers of a region ($1) or a site ($2) or all at the end of each of the months from $3 to $4, and the clients in treatment
-- then in the clinics that have a register of providers and reported their clients.
with report as materialized (
    select site_id, month, closing
    from current_report
    where month between $3::date and $4::date and closing is not null
      and site_id in (
          select site_id
          from provider_count
          join site s using (site_id)
          where ($1::int is null or s.region_id = $1) and ($2::int is null or site_id = $2))
)
select r.month, sum(p.providers) as providers, sum(r.closing) as clients, count(*) as sites
from report r
cross join lateral (
    select providers
    from provider_count
    where site_id = r.site_id and month <= r.month
    order by month desc
    limit 1) as p
where p.providers > 0
group by r.month
order by r.month;
