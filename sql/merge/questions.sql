-- What is asked of accepted rows of a load ($1; $2: rows of its kind may tell an arm): a row that was refused after all, as
-- a double or with its file, is asked nothing.
with stored as (
    insert into row_question (receipt_id, line, number, site_id, column_name, value, code, expected, tells_arm)
    select $1::int, line, number, site_id, column_name, value, code, expected, $2::boolean
    from asked
    where not exists (select from refused_row r where r.line = asked.line)
    returning line
)
select count(distinct line) as asked from stored;
