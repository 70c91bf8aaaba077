-- The files of client records of a region ($1) or a site ($2) or all: those that brought any that is kept.
select c.kind, c.receipt_id, c.file_name, left(c.sha256, 12) as sha256, count(distinct k.site_id) as sites
from (
    select site_id, receipt_id from episode
    union
    select site_id, receipt_id from dose_sheet
    union
    select site_id, receipt_id from urine_list
    union
    select site_id, receipt_id from assessment
    union
    select site_id, receipt_id from participant) as k
join site s using (site_id)
join receipt c using (receipt_id)
where ($1::int is null or s.region_id = $1) and ($2::int is null or k.site_id = $2)
group by c.kind, c.receipt_id, c.file_name, c.sha256
order by c.receipt_id;
