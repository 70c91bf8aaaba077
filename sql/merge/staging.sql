-- What a load works with, beside the table staging of its kind. All of it is gone at the end of the transaction.

-- A time without an offset is the programme's.
select set_config('timezone', (select time_zone from programme), true);

-- Which clinics' months the load changes: what follows from them is worked out anew, and nothing else is.
create temporary table touched (site_id int not null, month date not null) on commit drop;

-- Refused rows and their faults on the way into the quarantine: COPY cannot write tables with row-level security.
create temporary table refused_row (line int, site_id int, month date, cells jsonb) on commit drop;
create temporary table refused_defect (
    line int, number int, column_name text, value text, code text, expected text) on commit drop;
