-- Which clinics' months the client records of a receipt ($1) speak of (into table touched): those of its doses and tests,
-- and for its stays every month of the clinic's register, which a single stay may lengthen or shorten.
insert into touched (site_id, month)
select site_id, month from dose_sheet join reporting_month using (month) where receipt_id = $1::int
union
select site_id, month from urine_list join reporting_month using (month) where receipt_id = $1::int
union
select register.site_id, known.month
from (
    select site_id, date_trunc('month', min(started_on)::timestamp) as first_month,
           greatest(max(started_on), max(ended_on)) as last_day
    from episode
    where site_id in (select site_id from episode where receipt_id = $1::int)
    group by site_id) as register
join reporting_month known on known.month between register.first_month and register.last_day;
