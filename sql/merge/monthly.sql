-- Valid monthly reports (table staging) into monthly_report. A row that says what the current version says is unchanged
-- (its time of submission aside); one that differs becomes the next version. Earlier versions stay.
-- A load that was overtaken by a later file (side by side, or killed and finished afterwards) is kept all the same:
-- current_report goes by arrival. Where the order of arrival is not that of merging, a row that is unchanged becomes a
-- version too: an earlier file that is still to be merged may say otherwise, and this one is newer.
-- $1 receipt_id. Fills the temporary table touched with what is new; the counts go onto the receipt.
with overtaken as materialized (
    select exists (select from receipt where outcome = 'started' and receipt_id < $1::int) as any_file
), compared as (
    select s.*, (select max(version) from monthly_report r where (r.site_id, r.month) = (s.site_id, s.month)) as known_version,
           known.receipt_id as known_receipt,
           to_jsonb(s) - array['line', 'submitted_at']
           = to_jsonb(known) - array['line', 'submitted_at', 'version', 'receipt_id', 'received_at', 'arrived_at'] as is_same
    from staging s
    left join current_report known using (site_id, month)
), stored as (
    insert into monthly_report (
        site_id, month, version, receipt_id, line, received_at, arrived_at, submitted_at,
        opening, new, readmitted, transferred_in, exit_dropout, exit_transferred, exit_completed,
        exit_disciplinary, exit_detained, exit_hospital, exit_moved, exit_died, exit_other, closing,
        clients_dosed, client_days, methadone_mg, on_maintenance, on_60mg, tests_scheduled, tests_done,
        tests_positive, clients_tested, clients_positive, cohort3_entered, cohort3_in, cohort3_dropout,
        cohort3_transferred, cohort3_died, cohort3_unknown, cohort6_entered, cohort6_in, cohort6_dropout,
        cohort6_transferred, cohort6_died, cohort6_unknown, cohort12_entered, cohort12_in, cohort12_dropout,
        cohort12_transferred, cohort12_died, cohort12_unknown)
    select
        site_id, month, coalesce(known_version, 0) + 1, r.receipt_id, line, r.received_at,
        case when r.history then coalesce(submitted_at, r.received_at) else r.received_at end, submitted_at,
        opening, new, readmitted, transferred_in, exit_dropout, exit_transferred, exit_completed,
        exit_disciplinary, exit_detained, exit_hospital, exit_moved, exit_died, exit_other, closing,
        clients_dosed, client_days, methadone_mg, on_maintenance, on_60mg, tests_scheduled, tests_done,
        tests_positive, clients_tested, clients_positive, cohort3_entered, cohort3_in, cohort3_dropout,
        cohort3_transferred, cohort3_died, cohort3_unknown, cohort6_entered, cohort6_in, cohort6_dropout,
        cohort6_transferred, cohort6_died, cohort6_unknown, cohort12_entered, cohort12_in, cohort12_dropout,
        cohort12_transferred, cohort12_died, cohort12_unknown
    from compared
    join receipt r on r.receipt_id = $1::int
    where is_same is not true or known_receipt > $1::int or (select any_file from overtaken)
    returning site_id, month
), remembered as (
    insert into touched (site_id, month) select site_id, month from stored
), lengthened as (
    -- least and greatest pass over nulls: the first report ever begins the programme's time.
    update programme set first_month = least(first_month, new.first), last_month = greatest(last_month, new.last)
    from (select min(month) as first, max(month) as last from stored) as new
)
-- A month whose report was withdrawn has versions, and nothing is known of it.
select count(*) filter (where known_receipt is null)                     as inserted,
       count(*) filter (where known_receipt is not null and not is_same) as changed,
       count(*) filter (where known_receipt is not null and is_same)     as unchanged
from compared;
