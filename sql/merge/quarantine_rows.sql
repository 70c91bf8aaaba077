-- The refused rows of a load ($1) into the quarantine; $2: rows of its kind may tell an arm.
insert into rejected_row (receipt_id, line, site_id, month, cells, key, tells_arm)
select $1::int, line, site_id, month, cells, key, $2::boolean from refused_row;
