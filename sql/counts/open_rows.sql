-- Open rows of the quarantine with their faults, oldest receipt first; of a receipt ($1) or a clinic ($2) or all.
select q.receipt_id, c.file_name, c.kind, c.sheet, q.line, s.code as site, d.column_name, d.value, d.code, d.expected
from rejected_row q
join receipt c using (receipt_id)
join row_defect d on (d.receipt_id, d.line) = (q.receipt_id, q.line)
left join site s using (site_id)
where q.superseded_by is null and q.closed_at is null
  and ($1::int is null or q.receipt_id = $1) and ($2::text is null or s.code = $2)
order by q.receipt_id, q.line, d.number
limit 5000;
