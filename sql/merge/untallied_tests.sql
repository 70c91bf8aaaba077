-- Where tests for opioids were stored before there was the table of their counts, every month of theirs is to be counted
-- (into table touched).
insert into touched (site_id, month)
select site_id, month
from current_urine_list
where not exists (select from test_count) and 0 = any (substance);
