-- The current reports of a site ($1) beside its client records, where there are any: newest month first, in the order
-- of the report.
select month, field, reported, counted, difference, version, receipt_id
from reconciliation
where site_id = $1 and counted is not null
order by month desc, array_position(monthly_fields(), field);
