-- By region, how many acts there have been that change what is known of the monthly reports of its clinics: reports stored or
-- withdrawn, rows refused or closed, questions answered. Nothing of these is ever deleted, so that a region with as many as
-- before is as it was, if its clinics that the reader may see are the same, and nothing has changed elsewhere: other loads, the
-- rules, the definitions.
with act as (
    select site_id, count(*) as acts from monthly_report group by site_id
    union all
    select site_id, count(*) from report_withdrawal group by site_id
    union all
    select site_id, count(*) + count(superseded_by) + count(closed_at) from rejected_row where site_id is not null group by site_id
    union all
    select site_id, count(*) from flag_action group by site_id
)
select s.region_id, md5(string_agg(distinct s.code, ' ')) || ' ' || coalesce(sum(acts), 0) as mark,
       (select concat_ws(' ',
                   (select count(*) from receipt where finished_at is not null and outcome <> 'repeated' and kind <> 'monthly'),
                   (select rules_applied from programme),
                   (select string_agg(indicator || version, ' ' order by indicator) from definition where is_current))) as elsewhere
from site s
left join act using (site_id)
group by s.region_id
order by s.region_id;
