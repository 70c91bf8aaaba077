-- Reports expected, received and received in time by month, for a region ($1) or all.
select x.month,
       count(*) filter (where expected) as expected,
       count(*) filter (where expected and state in ('received', 'received_late')) as received,
       count(*) filter (where expected and state = 'received') as in_time
from expected_report x
where $1::int is null or x.site_id = any (array(select site_id from site where region_id = $1))
group by x.month
order by x.month;
