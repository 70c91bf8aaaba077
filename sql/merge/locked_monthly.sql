-- Reports on locked months that would change what is known are taken out of the table staging, and told: line and month.
-- A report that says what is known already stays: it is unchanged.
with refused as (
    select s.line, s.month
    from staging s
    join locked_month using (site_id, month)
    left join current_report known using (site_id, month)
    where (to_jsonb(s) - array['line', 'submitted_at']
           = to_jsonb(known) - array['line', 'submitted_at', 'version', 'receipt_id', 'received_at', 'arrived_at'])
          is not true
)
delete from staging s using refused r where r.line = s.line
returning s.line, to_char(s.month, 'YYYY-MM') as month;
