-- What is asked of accepted rows of a receipt ($1), in the order of its file.
select q.line, c.kind, q.column_name, q.value, q.code, q.expected
from row_question q
join receipt c using (receipt_id)
where q.receipt_id = $1
order by q.line, q.number
limit 5000;
