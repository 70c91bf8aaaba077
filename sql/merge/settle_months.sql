-- Refused rows of clinics' months that this receipt ($1) has brought rightly (table staging).
update rejected_row q
set superseded_by = $1::int
from staging s
where s.site_id = q.site_id and s.month = q.month and q.receipt_id < $1::int and q.superseded_by is null;
