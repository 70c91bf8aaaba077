-- How much the first reports of a region ($1) or a site ($2) or all moved later, by field: counts and sums over months.
select m.field, sum(m.months) as months, sum(m.months_revised) as months_revised, sum(m.months_filled_in) as months_filled_in,
       sum(m.first_sum) as first_sum, sum(m.current_sum) as current_sum,
       sum(m.absolute_difference_sum) as absolute_difference_sum, count(*) as sites
from first_report_movement m
join site s using (site_id)
where ($1::int is null or s.region_id = $1) and ($2::int is null or m.site_id = $2)
group by m.field
order by array_position(monthly_fields(), m.field);
