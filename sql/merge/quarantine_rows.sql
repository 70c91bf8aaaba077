-- The refused rows of a load ($1) into the quarantine; those of a kind that may tell an arm ($2), and any other row that was refused
-- for doing so, are marked.
insert into rejected_row (receipt_id, line, site_id, month, cells, key, tells_arm)
select $1::int, line, site_id, month, cells, key,
       $2::boolean or exists (select from refused_defect d where d.line = r.line and d.code = 'tells_arm')
from refused_row r;
