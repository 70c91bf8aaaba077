-- The analysis plan of a trial ($1), outcome by outcome as it stands now: since when, in which file, and how often it was changed;
-- with the looks at the arms that came before that.
select p.role, p.outcome, p.rank, p.scale, p.higher_is, p.visit_month, p.method, p.covariates, p.worthwhile, p.name, p.name_zh,
       p.unit, p.unit_zh, p.version, c.sha256, to_char(programme_time(c.received_at), 'YYYY-MM-DD') as received_on,
       (select count(*) from trial_look l where l.trial = p.trial and l.looked_at < c.received_at) as looks_before
from current_trial_plan p
join receipt c using (receipt_id)
where p.trial = $1
order by p.rank, p.line;
