-- The monthly report of a clinic, with every version of it, and the flags that its numbers raised.
-- A blank is "not reported" and is stored as null; zero is a count. The checks are those that refuse a row at
-- ingest, under the same names: a row that reaches this table by another way is held to the same bounds.

create table monthly_report (
    site_id      int not null,
    month        date not null,
    version      int not null,
    receipt_id   int not null,
    line         int not null,
    received_at  timestamptz not null,
    arrived_at   timestamptz not null,
    submitted_at timestamptz,

    opening        int,
    new            int,
    readmitted     int,
    transferred_in int,
    exit_dropout      int,
    exit_transferred  int,
    exit_completed    int,
    exit_disciplinary int,
    exit_detained     int,
    exit_hospital     int,
    exit_moved        int,
    exit_died         int,
    exit_other        int,
    closing        int,

    clients_dosed  int,
    client_days    int,
    methadone_mg   numeric(14, 2),
    on_maintenance int,
    on_60mg        int,

    tests_scheduled  int,
    tests_done       int,
    tests_positive   int,
    clients_tested   int,
    clients_positive int,

    cohort3_entered      int,
    cohort3_in           int,
    cohort3_dropout      int,
    cohort3_transferred  int,
    cohort3_died         int,
    cohort3_unknown      int,
    cohort6_entered      int,
    cohort6_in           int,
    cohort6_dropout      int,
    cohort6_transferred  int,
    cohort6_died         int,
    cohort6_unknown      int,
    cohort12_entered     int,
    cohort12_in          int,
    cohort12_dropout     int,
    cohort12_transferred int,
    cohort12_died        int,
    cohort12_unknown     int,

    constraint monthly_report_pkey primary key (site_id, month, version),
    constraint monthly_report_site_known foreign key (site_id) references site (site_id),
    constraint monthly_report_month_known foreign key (month) references reporting_month (month),
    constraint monthly_report_version_from_1 check (version >= 1),
    constraint count_negative check (
        least(opening, new, readmitted, transferred_in, exit_dropout, exit_transferred, exit_completed,
              exit_disciplinary, exit_detained, exit_hospital, exit_moved, exit_died, exit_other, closing,
              clients_dosed, client_days, on_maintenance, on_60mg, tests_scheduled, tests_done, tests_positive,
              clients_tested, clients_positive, cohort3_entered, cohort3_in, cohort3_dropout, cohort3_transferred,
              cohort3_died, cohort3_unknown, cohort6_entered, cohort6_in, cohort6_dropout, cohort6_transferred,
              cohort6_died, cohort6_unknown, cohort12_entered, cohort12_in, cohort12_dropout, cohort12_transferred,
              cohort12_died, cohort12_unknown) >= 0 and coalesce(methadone_mg, 0) >= 0),
    constraint dosed_over_served check (clients_dosed <= opening + new + readmitted + transferred_in),
    constraint client_days_over_month check (
        client_days <= clients_dosed * extract(day from month + interval '1 month' - interval '1 day')),
    constraint maintenance_over_dosed check (on_maintenance <= clients_dosed),
    constraint on_60mg_over_maintenance check (on_60mg <= on_maintenance),
    constraint tests_done_over_scheduled check (tests_done <= tests_scheduled),
    constraint tests_positive_over_done check (tests_positive <= tests_done),
    constraint clients_tested_over_tests check (clients_tested <= tests_done),
    constraint clients_tested_over_served check (clients_tested <= opening + new + readmitted + transferred_in),
    constraint clients_positive_over_tested check (clients_positive <= clients_tested),
    constraint clients_positive_over_tests_positive check (clients_positive <= tests_positive),
    constraint cohort3_parts_over_entered check (
        coalesce(cohort3_in, 0) + coalesce(cohort3_dropout, 0) + coalesce(cohort3_transferred, 0)
        + coalesce(cohort3_died, 0) + coalesce(cohort3_unknown, 0) <= cohort3_entered),
    constraint cohort6_parts_over_entered check (
        coalesce(cohort6_in, 0) + coalesce(cohort6_dropout, 0) + coalesce(cohort6_transferred, 0)
        + coalesce(cohort6_died, 0) + coalesce(cohort6_unknown, 0) <= cohort6_entered),
    constraint cohort12_parts_over_entered check (
        coalesce(cohort12_in, 0) + coalesce(cohort12_dropout, 0) + coalesce(cohort12_transferred, 0)
        + coalesce(cohort12_died, 0) + coalesce(cohort12_unknown, 0) <= cohort12_entered)
);
comment on table monthly_report is
    'Fact: a clinic''s report on one month, every version that was ever accepted; nothing here is changed or deleted. '
    'The newest version of each is the view current_report. Null means "not reported", never zero.';
comment on column monthly_report.site_id is 'The clinic.';
comment on column monthly_report.month is 'First day of the month reported on.';
comment on column monthly_report.version is '1 for the first report on that month, 2 for its first correction, and so on.';
comment on column monthly_report.receipt_id is 'The load that brought it (receipt): from there to the file and its hash.';
comment on column monthly_report.line is 'Its line in that file, from 1.';
comment on column monthly_report.received_at is 'The server''s clock when its file arrived here.';
comment on column monthly_report.arrived_at is
    'The time that counts for the deadline: received_at, or submitted_at where the file was loaded as history.';
comment on column monthly_report.submitted_at is 'When the clinic says that it sent the report.';
comment on column monthly_report.opening is 'Clients in treatment at the start of the month.';
comment on column monthly_report.new is 'Clients admitted for the first time.';
comment on column monthly_report.readmitted is 'Clients who came back after an earlier exit.';
comment on column monthly_report.transferred_in is 'Clients taken over from another clinic.';
comment on column monthly_report.exit_dropout is 'Exits: dropped out, by the programme''s dropout rule.';
comment on column monthly_report.exit_transferred is 'Exits: handed over to another clinic.';
comment on column monthly_report.exit_completed is 'Exits: treatment completed as planned.';
comment on column monthly_report.exit_disciplinary is 'Exits: ended by the clinic for breaking its rules.';
comment on column monthly_report.exit_detained is 'Exits: taken into custody or compulsory detention.';
comment on column monthly_report.exit_hospital is 'Exits: admitted to hospital.';
comment on column monthly_report.exit_moved is 'Exits: moved away.';
comment on column monthly_report.exit_died is 'Exits: died.';
comment on column monthly_report.exit_other is 'Exits: any other or unknown reason.';
comment on column monthly_report.closing is 'Clients in treatment at the end of the month.';
comment on column monthly_report.clients_dosed is 'Clients given at least one dose in the month.';
comment on column monthly_report.client_days is 'Days on which a client was dosed, added over clients.';
comment on column monthly_report.methadone_mg is 'Methadone dispensed, in milligrams.';
comment on column monthly_report.on_maintenance is 'Clients on a maintenance dose: neither in induction nor tapering off.';
comment on column monthly_report.on_60mg is 'Of the clients on maintenance: those on 60 mg a day or more.';
comment on column monthly_report.tests_scheduled is 'Urine tests for opioids that were due.';
comment on column monthly_report.tests_done is 'Urine tests with a valid result.';
comment on column monthly_report.tests_positive is 'Of the tests done: positive.';
comment on column monthly_report.clients_tested is 'Clients with at least one test done.';
comment on column monthly_report.clients_positive is 'Of the clients tested: at least one positive.';
comment on column monthly_report.cohort3_entered is 'Clients who entered treatment 3 months before this month.';
comment on column monthly_report.cohort3_in is 'Of those: in treatment without a break.';
comment on column monthly_report.cohort3_dropout is 'Of those: dropped out.';
comment on column monthly_report.cohort3_transferred is 'Of those: transferred to another clinic.';
comment on column monthly_report.cohort3_died is 'Of those: died.';
comment on column monthly_report.cohort3_unknown is 'Of those: left for another or an unknown reason.';
comment on column monthly_report.cohort6_entered is 'Clients who entered treatment 6 months before this month.';
comment on column monthly_report.cohort6_in is 'Of those: in treatment without a break.';
comment on column monthly_report.cohort6_dropout is 'Of those: dropped out.';
comment on column monthly_report.cohort6_transferred is 'Of those: transferred to another clinic.';
comment on column monthly_report.cohort6_died is 'Of those: died.';
comment on column monthly_report.cohort6_unknown is 'Of those: left for another or an unknown reason.';
comment on column monthly_report.cohort12_entered is 'Clients who entered treatment 12 months before this month.';
comment on column monthly_report.cohort12_in is 'Of those: in treatment without a break.';
comment on column monthly_report.cohort12_dropout is 'Of those: dropped out.';
comment on column monthly_report.cohort12_transferred is 'Of those: transferred to another clinic.';
comment on column monthly_report.cohort12_died is 'Of those: died.';
comment on column monthly_report.cohort12_unknown is 'Of those: left for another or an unknown reason.';

create table report_flag (
    site_id  int not null,
    month    date not null,
    version  int not null,
    code     text not null,
    seen     numeric,
    expected numeric,
    constraint report_flag_pkey primary key (site_id, month, version, code),
    constraint report_flag_report_known foreign key (site_id, month, version)
        references monthly_report (site_id, month, version)
);
comment on table report_flag is
    'Fact: something in an accepted report that does not fit: a flag asks a question and refuses nothing.';
comment on column report_flag.site_id is 'The clinic.';
comment on column report_flag.month is 'First day of the month.';
comment on column report_flag.version is 'The version of the report.';
comment on column report_flag.code is 'Code of the flag; its sentence is in wording under flag.<code>.';
comment on column report_flag.seen is 'The number in the report.';
comment on column report_flag.expected is 'The number that it was held against.';
