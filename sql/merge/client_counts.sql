-- What the client records of the clinics' months just loaded (table touched) add up to, in the fields of the monthly
-- report. Each kind of record counts where the clinic's month has any of it: none at all is "not known", never zero.
-- Run after touched_by_clients.sql and before report_flags.sql.
with concerned as materialized (
    select distinct site_id, month, (month + interval '1 month')::date as next_month from touched
), doses as (
    select c.site_id, c.month, month_of_clinic.*
    from concerned c
    cross join lateral (
        select count(*) filter (where days > 0) as clients, sum(days) as client_days, sum(tenths) * 0.1 as mg
        from (
            select cardinality(array_remove(tenths_mg, null)) as days,
                   (select coalesce(sum(dose), 0) from unnest(tenths_mg) as dose) as tenths
            from current_dose_sheet d
            where d.site_id = c.site_id and d.month = c.month) as sheet
        having count(*) > 0) as month_of_clinic
), tests as (
    -- Of the tests for opioids: an invalid or missed one has not been done.
    select u.site_id, u.month, count(*) filter (where found in (0, 1)) as done,
           count(*) filter (where found = 1) as positive,
           count(distinct client) filter (where found in (0, 1)) as clients,
           count(distinct client) filter (where found = 1) as clients_positive
    from current_urine_list u
    join concerned using (site_id, month)
    left join lateral unnest(u.client_id, u.substance, u.result) as test (client, sought, found) on sought = 0
    group by u.site_id, u.month
), stay as materialized (
    select e.*
    from (select distinct site_id from concerned) as clinic
    cross join lateral (
        select site_id, client_id, started_on, ended_on, coalesce(ended_on, 'infinity') as stays_until, entry,
               coalesce(exit_reason, 'other') as exit_reason
        from current_episode
        where site_id = clinic.site_id offset 0) as e
), register as (
    -- It speaks of the months from its first entry to its last entry or exit.
    select site_id, date_trunc('month', min(started_on)::timestamp) as first_month,
           greatest(max(started_on), max(ended_on)) as last_day
    from stay
    group by site_id
), stays as (
    -- One who is last seen on the last day of a month has left in it.
    select c.site_id, c.month,
           count(distinct client_id) filter (where started_on < c.month) as opening,
           count(distinct client_id) filter (where stays_until >= next_month) as closing,
           count(*) filter (where started_on >= c.month and entry is null) = 0 as entries_are_told,
           count(*) filter (where started_on >= c.month and entry = 'new') as new,
           count(*) filter (where started_on >= c.month and entry = 'readmitted') as readmitted,
           count(*) filter (where started_on >= c.month and entry = 'transferred_in') as transferred_in,
           count(*) filter (where ended_on < next_month and exit_reason = 'dropout') as dropout,
           count(*) filter (where ended_on < next_month and exit_reason = 'transferred') as transferred,
           count(*) filter (where ended_on < next_month and exit_reason = 'completed') as completed,
           count(*) filter (where ended_on < next_month and exit_reason = 'disciplinary') as disciplinary,
           count(*) filter (where ended_on < next_month and exit_reason = 'detained') as detained,
           count(*) filter (where ended_on < next_month and exit_reason = 'hospital') as hospital,
           count(*) filter (where ended_on < next_month and exit_reason = 'moved') as moved,
           count(*) filter (where ended_on < next_month and exit_reason = 'died') as died,
           count(*) filter (where ended_on < next_month and exit_reason = 'other') as other
    from concerned c
    join register g on g.site_id = c.site_id and c.month between g.first_month and g.last_day
    left join stay s on s.site_id = c.site_id and s.started_on < c.next_month and s.stays_until >= c.month
    group by c.site_id, c.month
), counted as materialized (
    select site_id, month, field, counted
    from doses
    cross join lateral (
        values ('clients_dosed', clients::numeric), ('client_days', client_days),
               ('methadone_mg', mg)) as cell (field, counted)
    union all
    select site_id, month, field, counted
    from tests
    cross join lateral (
        values ('tests_done', done), ('tests_positive', positive), ('clients_tested', clients),
               ('clients_positive', clients_positive)) as cell (field, counted)
    union all
    select site_id, month, field, counted
    from stays
    cross join lateral (
        values ('opening', opening), ('closing', closing),
               ('new', case when entries_are_told then new end),
               ('readmitted', case when entries_are_told then readmitted end),
               ('transferred_in', case when entries_are_told then transferred_in end),
               ('exit_dropout', dropout), ('exit_transferred', transferred), ('exit_completed', completed),
               ('exit_disciplinary', disciplinary), ('exit_detained', detained), ('exit_hospital', hospital),
               ('exit_moved', moved), ('exit_died', died), ('exit_other', other)) as cell (field, counted)
    where counted is not null
), cleared as (
    delete from client_count k using concerned c
    where k.site_id = c.site_id and k.month = c.month and not exists (
        select from counted n where n.site_id = k.site_id and n.month = k.month and n.field = k.field)
)
insert into client_count as k (site_id, month, field, counted)
select site_id, month, field, counted from counted
on conflict (site_id, month, field) do update set counted = excluded.counted where k.counted <> excluded.counted;
