-- The roll-outs that the reader has a clinic of ($1: one of them, or all): name and indicator as the row stored last has them, when
-- clinics begin, and on which day a file first named that indicator (null where the reader may not see the file's receipt).
select r.rollout, r.name, r.name_zh, r.indicator, r.clinics, r.planned,
       to_char(r.first_start, 'YYYY-MM-DD') as first_start, to_char(r.last_start, 'YYYY-MM-DD') as last_start,
       (select to_char(programme_time(min(c.received_at)), 'YYYY-MM-DD')
        from rollout named
        join receipt c using (receipt_id)
        where (named.rollout, named.indicator) = (r.rollout, r.indicator)) as named_on
from (
    select rollout, count(*) as clinics, count(starts_on) as planned, min(starts_on) as first_start, max(starts_on) as last_start,
           (array_agg(name order by receipt_id desc, line))[1] as name,
           (array_agg(name_zh order by receipt_id desc, line))[1] as name_zh,
           (array_agg(indicator order by receipt_id desc, line) filter (where indicator is not null))[1] as indicator
    from current_rollout
    where $1::text is null or rollout = $1
    group by rollout) as r
order by r.first_start desc nulls last, r.rollout;
