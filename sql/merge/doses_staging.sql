-- A file's doses, one row a client and month: the box of each day, and its line.
create temporary table staging (client int not null, month date not null, tenths_mg smallint[], line int[]) on commit drop;
