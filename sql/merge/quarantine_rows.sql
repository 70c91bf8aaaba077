-- The refused rows of a load ($1) into the quarantine.
insert into rejected_row (receipt_id, line, site_id, month, cells, key)
select $1::int, line, site_id, month, cells, key from refused_row;
