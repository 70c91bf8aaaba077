-- Rows that this receipt ($1) refuses again, of bytes whose earlier refusal somebody has closed by hand: closed they stay.
update rejected_row q
set closed_at = before.closed_at, closed_by = before.closed_by, closed_because = before.closed_because
from receipt this, receipt earlier, rejected_row before
where this.receipt_id = $1::int
  and q.receipt_id = this.receipt_id
  and earlier.file_id = this.file_id
  and earlier.sheet is not distinct from this.sheet
  and earlier.receipt_id < this.receipt_id
  and before.receipt_id = earlier.receipt_id
  and before.line = q.line
  and before.closed_at is not null;
