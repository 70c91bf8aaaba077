-- Who may read a row is looked up, and no longer searched for among all clinics of the reader: a set is hashed once for a
-- statement, an array was gone through for each row (hundreds of comparisons for each of a million rows). The inner select
-- keeps the planner from working the set out for each table that it only estimates.
do $$
declare
    scoped text;
begin
    foreach scoped in array array[
        'site', 'site_alias', 'site_interval', 'monthly_report', 'report_flag', 'indicator_count', 'client', 'episode',
        'dose_sheet', 'urine_list', 'allocation', 'participant', 'assessment', 'session', 'flag_action', 'client_count',
        'report_withdrawal']
    loop
        execute format(
            'alter policy %I on %I using (site_id in (select unnest((select readable_sites()))))',
            scoped || '_of_readers_sites', scoped);
    end loop;
end
$$;
