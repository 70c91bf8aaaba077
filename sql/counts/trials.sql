-- The trials that the reader has a clinic of ($1: one of them, or all), with how often their arms have been uncovered, and
-- whether they are so for the reader, and until when.
select p.trial, p.name, p.name_zh, p.registration, p.design, p.assessed_clusters, p.excluded_clusters, p.planned_clusters,
       p.planned_group_sessions, p.planned_interviews, p.starts_on, p.ends_on, c.clusters,
       (select count(*) from trial_look l where l.trial = p.trial) as looks,
       p.trial = any (unmasked_trials()) as is_unmasked, reads_trials() as may_unmask,
       (select to_char(programme_time(max(l.ends_at)), 'YYYY-MM-DD HH24:MI')
        from trial_look l
        where l.trial = p.trial and l.hidden_at is null and l.reader in (select reader_roles())) as unmasked_until
from current_trial_protocol p
join (select trial, count(*) as clusters from trial_cluster group by trial) as c using (trial)
where $1::text is null or p.trial = $1
order by p.starts_on desc nulls last, p.trial;
