-- What is asked of accepted rows of a load ($1).
insert into row_question (receipt_id, line, number, site_id, column_name, value, code, expected)
select $1::int, line, number, site_id, column_name, value, code, expected from asked;
