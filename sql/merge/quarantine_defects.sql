-- What was wrong with them.
insert into row_defect (receipt_id, line, number, column_name, value, code, expected)
select $1::int, line, number, column_name, value, code, expected from refused_defect;
