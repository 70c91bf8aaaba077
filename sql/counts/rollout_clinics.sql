-- The clinics of a roll-out ($1) that the reader may see, the earliest first, those that do not begin last.
select r.site_id, s.code, s.name, s.name_zh, to_char(r.starts_on, 'YYYY-MM') as starts, coalesce(r.phase_in_months, 0) as phase_in_months
from current_rollout r
join site s using (site_id)
where r.rollout = $1
order by r.starts_on nulls last, s.code;
