-- For analysts: what became of each flag.

create or replace view flag_state with (security_invoker = true) as
select f.site, f.site_name, f.month, f.version, f.code, f.seen, f.expected, f.field, f.sentence, f.sentence_zh,
       now_is.state,
       case when now_is.state <> 'open' then assigned.owner end as owner,
       case when now_is.state = 'open' and last.action is distinct from 'reopened' then r.arrived_at else last.at end as since,
       case when now_is.state = 'resolved' or last.action = 'reopened' then last.reason end as reason,
       last.action as last_action, last.at as last_action_at, last.done_by as last_action_by, f.site_id
from flag f
join monthly_report r using (site_id, month, version)
left join lateral (
    select a.action, a.at, a.done_by, a.reason, a.seen, a.expected
    from flag_action a
    where a.site_id = f.site_id and a.month = f.month and a.code = f.code
    order by a.at desc
    limit 1) as last on true
left join lateral (
    select a.owner
    from flag_action a
    where a.site_id = f.site_id and a.month = f.month and a.code = f.code and a.action = 'assigned'
    order by a.at desc
    limit 1) as assigned on true
cross join lateral (
    select case
               when last.action = 'assigned' then 'assigned'
               when last.action = 'resolved' and (last.seen, last.expected) is not distinct from (f.seen, f.expected)
                   then 'resolved'
               else 'open'
           end as state) as now_is;
comment on view flag_state is
    'Every flag of the current reports and what became of it (flag_action). A flag whose numbers have changed since it was '
    'resolved is open again; one that a corrected report no longer raises is not here.';
comment on column flag_state.state is 'open, assigned or resolved.';
comment on column flag_state.owner is 'To whom it was assigned last; null while it is open.';
comment on column flag_state.since is
    'Since when it is in that state: the last action, or the arrival of the report that raised it, or raised it anew.';
comment on column flag_state.reason is 'Why it was resolved, or opened again.';
comment on column flag_state.last_action is 'The last thing done about it: assigned, resolved or reopened; null: nothing yet.';
comment on column flag_state.last_action_at is 'When.';
comment on column flag_state.last_action_by is 'Who did it.';

grant select on flag_state to mmt_web, mmt_analyst, mmt_ingest;
