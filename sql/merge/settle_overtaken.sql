-- Rows that this receipt ($1) refuses although a later receipt has read the same bytes already: that one speaks for them.
update rejected_row q
set superseded_by = later.receipt_id
from receipt this, receipt later
where this.receipt_id = $1::int
  and q.receipt_id = this.receipt_id
  and later.file_id = this.file_id
  and later.sheet is not distinct from this.sheet
  and later.receipt_id > this.receipt_id
  and later.outcome in ('loaded', 'partly_loaded', 'refused');
