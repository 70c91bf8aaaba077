-- Who reads which rows. The rule is here and nowhere else, so a page and psql get the same answer.
-- The reader is the login; only the daemon stands in for somebody else, and without an account it sees nothing.
-- Scopes are read from the system catalogs alone: on Citus a policy may not read a table.

create function reader() returns name
    language sql stable parallel safe
    return case when current_user = 'mmt_web' then current_setting('mmt.account', true)::name else session_user end;
comment on function reader() is
    'Whose eyes these are: the login, or, for the daemon only, the account of this transaction (null: nobody).';

create function reader_roles() returns setof name
    language sql stable parallel safe
    begin atomic
        with recursive held (oid) as (
            select oid from pg_catalog.pg_roles where rolname = mmt.reader()
            union
            select m.roleid from held join pg_catalog.pg_auth_members m on m.member = held.oid
        )
        select r.rolname from held join pg_catalog.pg_roles r using (oid);
    end;
comment on function reader_roles() is 'Every role that the reader is, or is a member of, directly or through others.';

create function readable_sites() returns int[]
    language sql stable parallel safe
    begin atomic
        select coalesce(array_agg(substr(role, length(scope.prefix) + 1)::int), '{}')
        from (select 'mmt.' || current_database() || '.site.') as scope (prefix)
        join mmt.reader_roles() as role on starts_with(role, scope.prefix);
    end;
comment on function readable_sites() is 'The site_ids that the reader may read.';

create function reads_programme() returns boolean
    language sql stable parallel safe
    return exists (select from mmt.reader_roles() role where role = 'mmt.' || current_database() || '.programme');
comment on function reads_programme() is 'Whether the reader''s scope is the whole programme.';

do $$
declare
    scoped text;
begin
    foreach scoped in array array[
        'site', 'site_alias', 'site_interval', 'monthly_report', 'report_flag', 'indicator_count']
    loop
        execute format('alter table %I enable row level security', scoped);
        execute format(
            'create policy %I on %I for select using (site_id = any ((select readable_sites())::int[]))',
            scoped || '_of_readers_sites', scoped);
        execute format('create policy %I on %I to mmt_ingest using (true) with check (true)',
            scoped || '_loaded', scoped);
    end loop;
end
$$;

-- Regions are names on a map: a reader needs the path to her own sites.
create index monthly_report_by_receipt on monthly_report (receipt_id);

alter table receipt enable row level security;
create policy receipt_of_readers_sites on receipt for select using (
    (select reads_programme())
    or exists (select from monthly_report r where r.receipt_id = receipt.receipt_id)
    or exists (select from rejected_row r where r.receipt_id = receipt.receipt_id));
create policy receipt_loaded on receipt to mmt_ingest using (true) with check (true);

alter table rejected_row enable row level security;
create policy rejected_row_of_readers_sites on rejected_row for select using (
    (select reads_programme()) or site_id = any ((select readable_sites())::int[]));
create policy rejected_row_loaded on rejected_row to mmt_ingest using (true) with check (true);

alter table row_defect enable row level security;
create policy row_defect_of_readers_sites on row_defect for select using (
    exists (select from rejected_row r where (r.receipt_id, r.line) = (row_defect.receipt_id, row_defect.line)));
create policy row_defect_loaded on row_defect to mmt_ingest using (true) with check (true);

grant select on programme, migration, region, site, site_alias, site_interval, reporting_month, monthly_report, report_flag,
    indicator_definition, indicator_term, indicator_count, wording, receipt, rejected_row, row_defect
    to mmt_web, mmt_analyst, mmt_ingest;

-- The loader adds; what it may update is named column by column, and it deletes only what is derived from reports.
grant insert on region, site, site_alias, site_interval, monthly_report, report_flag, indicator_count,
    received_file, received_file_part, receipt, rejected_row, row_defect to mmt_ingest;
grant select on received_file, received_file_part to mmt_ingest;
grant update (name, name_zh, parent_region_id) on region to mmt_ingest;
grant update (name, name_zh, region_id, affiliation, provenance) on site to mmt_ingest;
grant update (ends_on, status) on site_interval to mmt_ingest;
grant update (numerator, denominator, people) on indicator_count to mmt_ingest;
grant update (finished_at, outcome, kind, encoding, encoding_evidence, rows_received, rows_inserted, rows_changed,
    rows_unchanged, rows_rejected, rows_flagged, columns_unknown, columns_missing, repeats, refusal) on receipt to mmt_ingest;
grant update (superseded_by) on rejected_row to mmt_ingest;
grant update (seen, expected), delete on report_flag to mmt_ingest;
grant select (sha256, byte_count) on received_file to mmt_web, mmt_analyst;
