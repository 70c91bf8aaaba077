-- For analysts: how reports changed after they had first arrived, and when they arrived.

create or replace view report_change with (security_invoker = true) as
select s.code as site, s.name as site_name, r.month, cell.field, before.version as from_version, r.version as to_version,
       cell.was, cell.became, r.receipt_id, r.arrived_at, s.provenance, r.site_id
from monthly_report r
join site s using (site_id)
cross join lateral (
    select earlier.version, report_values(earlier) as counted
    from monthly_report earlier
    where earlier.site_id = r.site_id and earlier.month = r.month and earlier.receipt_id < r.receipt_id
    order by earlier.receipt_id desc
    limit 1) as before
cross join lateral unnest(monthly_fields(), before.counted, report_values(r)) as cell (field, was, became)
where cell.was is distinct from cell.became;
comment on view report_change is
    'Each field in which a version of a report differs from the one that had arrived before it. A first version has none.';
comment on column report_change.field is 'Column of monthly_report.';
comment on column report_change.from_version is 'The version that had arrived before.';
comment on column report_change.to_version is 'The version that arrived.';
comment on column report_change.was is 'The number before; null: not reported.';
comment on column report_change.became is 'The number since; null: not reported.';
comment on column report_change.receipt_id is 'The load that brought the change.';

create or replace view first_report_movement with (security_invoker = true) as
select s.code as site, s.name as site_name, cell.field,
       count(*) filter (where cell.first is not null and cell.current is not null) as months,
       count(*) filter (where cell.first <> cell.current) as months_revised,
       count(*) filter (where cell.first is null and cell.current is not null) as months_filled_in,
       sum(cell.first) filter (where cell.current is not null) as first_sum,
       sum(cell.current) filter (where cell.first is not null) as current_sum,
       coalesce(sum(abs(cell.current - cell.first)), 0) as absolute_difference_sum,
       s.provenance, r.site_id
from current_report r
join site s using (site_id)
join monthly_report newest using (site_id, month, version)
cross join lateral (
    select report_values(first) as counted
    from monthly_report first
    join standing_report using (site_id, month, version)
    where first.site_id = r.site_id and first.month = r.month
    order by first.receipt_id
    limit 1) as first
cross join lateral unnest(monthly_fields(), first.counted, report_values(newest)) as cell (field, first, current)
group by r.site_id, s.code, s.name, s.provenance, cell.field;
comment on view first_report_movement is
    'How much the first reports of a clinic moved later, by field: over the months in which both the first version and the '
    'current one report it.';
comment on column first_report_movement.field is 'Column of monthly_report.';
comment on column first_report_movement.months is 'Months in which both report the field.';
comment on column first_report_movement.months_revised is 'Of those: months in which the two differ.';
comment on column first_report_movement.months_filled_in is 'Months in which the first was blank and the current one is not.';
comment on column first_report_movement.first_sum is 'Sum of the first values, over months.';
comment on column first_report_movement.current_sum is 'Sum of the current values, over the same months.';
comment on column first_report_movement.absolute_difference_sum is 'Sum of what the months moved, up or down.';

create or replace view arrival_delay with (security_invoker = true) as
select s.code as site, s.name as site_name, r.month, min(r.arrived_at) as first_arrived_at,
       programme_time(min(r.arrived_at))::date - (r.month + interval '1 month' - interval '1 day')::date as days,
       s.provenance, r.site_id
from standing_report r
join site s using (site_id)
group by r.site_id, r.month, s.code, s.name, s.provenance;
comment on view arrival_delay is 'How long after the end of its month the first report of each clinic and month arrived.';
comment on column arrival_delay.first_arrived_at is 'When the first accepted version arrived.';
comment on column arrival_delay.days is
    'Days from the last day of the month to that arrival, by the programme''s calendar; 10 is the 10th of the next month.';

create or replace function report_as_of(moment timestamptz) returns setof monthly_report
    language sql stable
    begin atomic
        select r.*
        from mmt.monthly_report r
        where r.arrived_at <= moment and not exists (
            select from mmt.monthly_report later
            where later.site_id = r.site_id and later.month = r.month and later.receipt_id > r.receipt_id
              and later.arrived_at <= moment)
            and not exists (
            select from mmt.report_withdrawal w
            where w.site_id = r.site_id and w.month = r.month and w.through_receipt >= r.receipt_id
              and w.withdrawn_at <= moment);
    end;
comment on function report_as_of(timestamptz) is
    'The reports as they were known at a moment: of each clinic and month the one whose file had arrived last by then, '
    'unless it had been withdrawn. '
    'Runs with the reader''s rights; report_as_of(''infinity'') is current_report.';

grant select on report_change, first_report_movement, arrival_delay to mmt_web, mmt_analyst, mmt_ingest;
