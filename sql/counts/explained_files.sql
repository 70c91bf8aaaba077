-- The reports behind a figure: of the months that an indicator ($3) looks back over from a month ($4), clinic by clinic, for a
-- region ($1) or a site ($2) or all, each with its file and line.
select s.code as site, r.month, r.receipt_id, c.file_name, r.line, left(c.sha256, 12) as sha256
from definition d
join current_report r on r.month between $4::date - (d.window_months - 1) * interval '1 month' and $4::date
join site s using (site_id)
join receipt c using (receipt_id)
where d.indicator = $3 and d.is_current and ($1::int is null or s.region_id = $1) and ($2::int is null or r.site_id = $2)
order by s.code, r.month;
