-- The current monthly reports of a month ($1), or of a clinic ($2) in it, as DHIS2 data values: one row a clinic and
-- element that was reported.
select s.code as org_unit, to_char(r.month, 'YYYYMM') as period, cell.name as data_element, cell.value,
       to_char(r.arrived_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') as last_updated
from current_report r
join site s using (site_id)
cross join lateral jsonb_each_text(
    to_jsonb(r) - array['site_id', 'month', 'version', 'receipt_id', 'line', 'received_at', 'arrived_at', 'submitted_at'])
    as cell (name, value)
where r.month = $1::date and ($2::text is null or s.code = $2) and cell.value is not null
order by s.code, cell.name;
