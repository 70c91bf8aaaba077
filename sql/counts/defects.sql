-- The faults of the refused rows of a receipt ($1), in the order of its file; the first of them where there are very many.
select d.line, c.kind, d.column_name, d.value, d.code, d.expected, q.superseded_by
from rejected_row q
join row_defect d using (receipt_id, line)
join receipt c using (receipt_id)
where q.receipt_id = $1
order by d.line, d.number
limit 5000;
