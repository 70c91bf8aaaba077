-- How many clients stayed from when to when, in the clinics of the table concerned_clinic: from their stays, with the days for
-- which their records tell it.
with span as materialized (
    -- Who had his last dose less than the rule's days before the newest one may still come: so far nothing is known.
    select s.site_id, s.rule, r.missed_days, min(s.started_on) as first_day,
           max(greatest(s.started_on, s.ended_on)) - coalesce(r.missed_days, 0) as last_day
    from concerned_clinic
    join stay s using (site_id)
    join stay_rule r using (rule)
    group by s.site_id, s.rule, r.missed_days
), told as materialized (
    -- A client who comes within the first days of the records may have been there before: only his episode tells since when.
    select s.site_id, s.rule, coalesce(s.entered_on, s.started_on) as started_on, s.started_on as observed_from,
           case when s.ended_on <= p.last_day then s.ended_on else 'infinity' end as ended_on,
           case when s.ended_on <= p.last_day then coalesce(s.exit_reason, 'dropout') else 'none' end as exit_reason,
           s.entered_on is null and s.started_on - p.first_day < p.missed_days as has_unknown_origin
    from span p
    join stay s using (site_id, rule)
    where s.started_on <= p.last_day
), span_now as (
    insert into record_span as known (site_id, rule, first_day, last_day, unknown_origins)
    select p.site_id, p.rule, p.first_day, p.last_day, count(*) filter (where t.has_unknown_origin)
    from span p
    left join told t using (site_id, rule)
    group by p.site_id, p.rule, p.first_day, p.last_day
    on conflict (site_id, rule) do update
        set first_day = excluded.first_day, last_day = excluded.last_day, unknown_origins = excluded.unknown_origins
        where (known.first_day, known.last_day, known.unknown_origins)
            <> (excluded.first_day, excluded.last_day, excluded.unknown_origins)
), span_gone as (
    delete from record_span k using concerned_clinic c
    where k.site_id = c.site_id and not exists (
          select from span n where (n.site_id, n.rule) = (k.site_id, k.rule))
), counted as materialized (
    select site_id, rule, started_on, observed_from, ended_on, exit_reason, count(*) as clients
    from told
    where not coalesce(has_unknown_origin, false)
    group by site_id, rule, started_on, observed_from, ended_on, exit_reason
), gone as (
    -- Not in, rather than not exists: hashed whatever the planner expects, for the largest clinics have tens of thousands.
    delete from stay_count k using concerned_clinic c
    where k.site_id = c.site_id
      and (k.site_id, k.rule, k.started_on, k.observed_from, k.ended_on, k.exit_reason) not in (
          select site_id, rule, started_on, observed_from, ended_on, exit_reason from counted)
)
insert into stay_count as known (site_id, rule, started_on, observed_from, ended_on, exit_reason, clients)
select site_id, rule, started_on, observed_from, ended_on, exit_reason, clients
from counted
on conflict (site_id, rule, started_on, observed_from, ended_on, exit_reason) do update
    set clients = excluded.clients where known.clients <> excluded.clients;
