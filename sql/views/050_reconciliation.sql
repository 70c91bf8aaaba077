-- For analysts: the monthly report against the clinic's own client records.

create or replace view reconciliation with (security_invoker = true) as
select s.code as site, s.name as site_name, r.month, cell.field, cell.reported, c.counted,
       cell.reported - c.counted as difference, r.version, r.receipt_id, s.provenance, r.site_id
from current_report r
join site s using (site_id)
cross join lateral (
    values ('opening', r.opening::numeric), ('new', r.new), ('readmitted', r.readmitted),
           ('transferred_in', r.transferred_in), ('exit_dropout', r.exit_dropout),
           ('exit_transferred', r.exit_transferred), ('exit_completed', r.exit_completed),
           ('exit_disciplinary', r.exit_disciplinary), ('exit_detained', r.exit_detained),
           ('exit_hospital', r.exit_hospital), ('exit_moved', r.exit_moved), ('exit_died', r.exit_died),
           ('exit_other', r.exit_other), ('closing', r.closing), ('clients_dosed', r.clients_dosed),
           ('client_days', r.client_days), ('methadone_mg', r.methadone_mg), ('tests_done', r.tests_done),
           ('tests_positive', r.tests_positive), ('clients_tested', r.clients_tested),
           ('clients_positive', r.clients_positive)) as cell (field, reported)
left join client_count c on c.site_id = r.site_id and c.month = r.month and c.field = cell.field;
comment on view reconciliation is
    'The current report of each clinic and month, field by field, beside what the clinic''s client records (dose_sheet, '
    'urine_list, episode; of each what is known now) add up to. Where they differ the flag differs_from_client_records asks.';
comment on column reconciliation.field is 'Column of monthly_report.';
comment on column reconciliation.reported is 'The number in the report; null where it was not reported.';
comment on column reconciliation.counted is
    'The same from client records; null where that clinic''s month has no record of the kind, or the records do not tell '
    '(entries of which it was not reported whether they are new).';
comment on column reconciliation.difference is 'reported − counted; null where either is not known.';

grant select on reconciliation to mmt_web, mmt_analyst, mmt_ingest;
