-- What the data are as of (a moment in the past where mmt.as_of names one): how many loads and acts upon questions have been finished, when the last file arrived, the programme's day (months
-- fall due overnight), the months reported on, and where the data of a scope ($1 region_id, $2 site_id, or null) come from.
select (select count(*) from receipt where finished_at is not null and outcome <> 'repeated')
       + (select count(*) from flag_action)
       + (select count(*) from target)
       + (select count(*) from report_withdrawal)
       + (select count(*) from rejected_row where closed_at is not null)
       -- Loads that concern trials and looks at their arms, which not every reader sees.
       + (select trial_loads from programme) + (select count(*) from trial_look) as version,
       (select to_char(programme_time(max(received_at)), 'YYYY-MM-DD HH24:MI')
        from receipt
        where outcome in ('loaded', 'partly_loaded')
          and received_at <= coalesce(nullif(current_setting('mmt.as_of', true), ''), 'infinity')::timestamptz) as received_until,
       to_char(programme_time(nullif(current_setting('mmt.as_of', true), '')::timestamptz - interval '1 second'), 'YYYY-MM-DD') as as_of,
       to_char(programme_time(now()), 'YYYY-MM-DD') as today,
       -- Without any monthly report: the months that client records tell of, to the last whole one of half the clinics.
       coalesce((select first_month from programme),
                (select date_trunc('month', min(first_day)::timestamp)::date from record_span),
                (select min(month) from test_count)) as first_month,
       coalesce((select last_month from programme),
                (select (date_trunc('month', percentile_disc(0.5) within group (order by last_day) + interval '1 day')
                         - interval '1 month')::date from record_span),
                (select max(month) from test_count)) as last_month,
       -- A look at a trial's arms ends by itself: what was answered during it is not to be answered again.
       array_to_string(unmasked_trials(), ' ') as unmasked,
       array_to_string(array(
           select distinct provenance from site s
           where s.provenance <> 'reported' and ($1::int is null or s.region_id = $1) and ($2::int is null or s.site_id = $2)
           order by provenance), ' ') as provenances;
