-- Refused rows that this receipt ($1) settles: those of earlier readings of the same bytes.
update rejected_row q
set superseded_by = $1::int
from receipt earlier, receipt this
where this.receipt_id = $1::int
  and earlier.receipt_id = q.receipt_id
  and q.receipt_id < this.receipt_id
  and q.superseded_by is null
  and earlier.file_id = this.file_id
  and earlier.sheet is not distinct from this.sheet;
