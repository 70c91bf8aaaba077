-- For /metrics: what became of files and rows, by metric and label.
select 'mmt_receipts_total' as metric, o.outcome as label, count(c.receipt_id) as value
from unnest(array['loaded', 'partly_loaded', 'refused', 'repeated']) as o (outcome)
left join receipt c using (outcome)
group by o.outcome
union all
select 'mmt_receipts_unfinished', null, count(*) from receipt where outcome = 'started'
union all
select 'mmt_rows_total', fate, coalesce(sum(rows), 0)
from (select sum(rows_inserted) as inserted, sum(rows_changed) as changed, sum(rows_unchanged) as unchanged,
             sum(rows_rejected) as rejected from receipt) as c
cross join lateral (values ('inserted', inserted), ('changed', changed), ('unchanged', unchanged), ('rejected', rejected))
    as f (fate, rows)
group by fate
union all
select 'mmt_quarantine_open_rows', null, count(*) from rejected_row where superseded_by is null and closed_at is null
union all
select 'mmt_last_load_timestamp_seconds', null, extract(epoch from max(finished_at))::bigint
from receipt where outcome in ('loaded', 'partly_loaded')
union all
select 'mmt_data_version', null, count(*) from receipt where finished_at is not null and outcome <> 'repeated'
order by metric, label;
