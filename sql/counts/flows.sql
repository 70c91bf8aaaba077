-- Clients in, out and in treatment by month, for a region ($1) or a site ($2) or all. Null: nobody reported it.
select r.month, sum(new) as new, sum(readmitted) as readmitted, sum(transferred_in) as transferred_in,
       sum(exit_dropout) as exit_dropout, sum(exit_transferred) as exit_transferred,
       sum(exit_completed) as exit_completed, sum(exit_disciplinary) as exit_disciplinary,
       sum(exit_detained) as exit_detained, sum(exit_hospital) as exit_hospital, sum(exit_moved) as exit_moved,
       sum(exit_died) as exit_died, sum(exit_other) as exit_other,
       sum(coalesce(opening + new + readmitted + transferred_in, greatest(opening, closing, clients_dosed))) as people
from current_report r
join site s using (site_id)
where ($1::int is null or s.region_id = $1) and ($2::int is null or r.site_id = $2)
group by r.month
order by r.month;
