-- What was known at a moment (setting mmt.as_of): for the rest of the transaction the reports of then, and the counts
-- that follow from them, stand before today's under the same names.
create temporary table current_report on commit drop as
select * from report_as_of(current_setting('mmt.as_of')::timestamptz);
create temporary table indicator_count (like mmt.indicator_count including indexes) on commit drop;
create temporary table touched on commit drop as select site_id, month from current_report;
