-- The faults of the refused rows of a receipt ($1), in the order of its file.
select d.line, d.column_name, d.value, d.code, d.expected, q.superseded_by
from rejected_row q
join row_defect d using (receipt_id, line)
where q.receipt_id = $1
order by d.line, d.number;
