-- The refused rows of a load ($1) into the quarantine.
insert into rejected_row (receipt_id, line, site_id, month, cells)
select $1::int, line, site_id, month, cells from refused_row;
