-- A file's urine tests, one row a clinic and month: lists side by side.
create temporary table staging (
    site_id int not null, month date not null, client int[], day smallint[], substance smallint[], result smallint[],
    schedule smallint[], line int[]) on commit drop;
