-- Rules of a report as data: what refuses it, what only asks a question, and who answers for that; what became of the
-- questions; and what client records add up to. A rule added here works at the next load (sql/merge/report_flags.sql,
-- sql/counts/row_rules.sql):
--
--   insert into quality_rule (rule, code, severity, owner, form, comparison, in_force_from, text_en)
--   values ('fewer_client_days_than_clients', 'fewer_client_days_than_clients', 'flag', 'Ms Li, data desk', 'linear', '>=',
--           '2026-01-01', '{seen} client-days, though {expected} clients were dosed at least once.');
--   insert into quality_term (rule, side, field)
--   values ('fewer_client_days_than_clients', 'left', 'client_days'),
--          ('fewer_client_days_than_clients', 'right', 'clients_dosed');

create function monthly_fields() returns text[]
    language sql immutable parallel safe
    return array[
        'opening', 'new', 'readmitted', 'transferred_in', 'exit_dropout', 'exit_transferred', 'exit_completed',
        'exit_disciplinary', 'exit_detained', 'exit_hospital', 'exit_moved', 'exit_died', 'exit_other', 'closing',
        'clients_dosed', 'client_days', 'methadone_mg', 'on_maintenance', 'on_60mg', 'tests_scheduled', 'tests_done',
        'tests_positive', 'clients_tested', 'clients_positive', 'cohort3_entered', 'cohort3_in', 'cohort3_dropout',
        'cohort3_transferred', 'cohort3_died', 'cohort3_unknown', 'cohort6_entered', 'cohort6_in', 'cohort6_dropout',
        'cohort6_transferred', 'cohort6_died', 'cohort6_unknown', 'cohort12_entered', 'cohort12_in', 'cohort12_dropout',
        'cohort12_transferred', 'cohort12_died', 'cohort12_unknown'];
comment on function monthly_fields() is 'The columns of monthly_report that hold what was counted, in their order.';

create function report_values(report monthly_report) returns numeric[]
    language sql immutable parallel safe
    return array[
        report.opening, report.new, report.readmitted, report.transferred_in, report.exit_dropout,
        report.exit_transferred, report.exit_completed, report.exit_disciplinary, report.exit_detained,
        report.exit_hospital, report.exit_moved, report.exit_died, report.exit_other, report.closing,
        report.clients_dosed, report.client_days, report.methadone_mg, report.on_maintenance, report.on_60mg,
        report.tests_scheduled, report.tests_done, report.tests_positive, report.clients_tested,
        report.clients_positive, report.cohort3_entered, report.cohort3_in, report.cohort3_dropout,
        report.cohort3_transferred, report.cohort3_died, report.cohort3_unknown, report.cohort6_entered,
        report.cohort6_in, report.cohort6_dropout, report.cohort6_transferred, report.cohort6_died,
        report.cohort6_unknown, report.cohort12_entered, report.cohort12_in, report.cohort12_dropout,
        report.cohort12_transferred, report.cohort12_died, report.cohort12_unknown]::numeric[];
comment on function report_values(monthly_report) is
    'What a report counted, in the order of monthly_fields(); null: not reported. '
    'unnest(monthly_fields(), report_values(r)) makes a row of each.';

create table quality_rule (
    rule               text not null,
    code               text not null,
    kind               text not null default 'monthly',
    severity           text not null,
    owner              text not null,
    form               text not null,
    comparison         text,
    constant           numeric not null default 0,
    told_per           text,
    in_force_from      date not null default '2000-01-01',
    is_active          boolean not null default true,
    enforced_by_schema boolean not null default false,
    text_en            text,
    text_zh            text,
    constraint quality_rule_pkey primary key (rule),
    constraint quality_rule_name_form check (rule ~ '^[a-z][a-z0-9_]{1,60}$' and code ~ '^[a-z][a-z0-9_]{1,60}$'),
    constraint quality_rule_kind_known check (kind in ('monthly')),
    constraint quality_rule_severity_known check (severity in ('refuse', 'flag')),
    constraint quality_rule_form_known check (form in ('linear', 'built_in')),
    constraint quality_rule_comparison_known check (comparison in ('=', '<=', '>=')),
    constraint quality_rule_comparison_when_linear check ((form = 'linear') = (comparison is not null)),
    constraint quality_rule_told_per_count check (told_per in ('client_days', 'clients_dosed')),
    constraint quality_rule_built_in_known check (form <> 'built_in' or rule in (
        'nothing_reported', 'copied_from_last_month', 'no_test_done', 'clinic_not_open', 'differs_from_client_records')),
    constraint quality_rule_built_in_flags check (form <> 'built_in' or severity = 'flag'),
    -- The checks of monthly_report refuse whatever stands here: the two say the same.
    constraint quality_rule_of_schema check (enforced_by_schema = (rule in (
        'dosed_over_served', 'client_days_over_month', 'maintenance_over_dosed', 'on_60mg_over_maintenance',
        'tests_done_over_scheduled', 'tests_positive_over_done', 'clients_tested_over_tests',
        'clients_tested_over_served', 'clients_positive_over_tested', 'clients_positive_over_tests_positive',
        'cohort3_parts_over_entered', 'cohort6_parts_over_entered', 'cohort12_parts_over_entered'))),
    constraint quality_rule_of_schema_stays check (not enforced_by_schema
        or (severity = 'refuse' and form = 'linear' and is_active and in_force_from = '2000-01-01' and code = rule))
);
comment on table quality_rule is
    'Reference: what must hold between the numbers of a report. A linear rule: the sum of its left terms is =, <= or >= '
    'the sum of its right ones plus a constant (quality_term); one that needs a blank field is left open. In words and '
    'formulas: view rule_in_words.';
comment on column quality_rule.rule is 'Short name of the rule; that of the check of monthly_report where there is one.';
comment on column quality_rule.code is 'Code of the flag or fault that it raises; several rules may raise one.';
comment on column quality_rule.kind is 'Kind of report: monthly.';
comment on column quality_rule.severity is
    'refuse: a row that breaks it is not accepted; flag: it is, with a question. A stored report that breaks a rule of '
    'severity refuse (it was there before the rule, or the month before is needed to tell) is flagged.';
comment on column quality_rule.owner is 'Who answers for the rule.';
comment on column quality_rule.form is 'linear, or built_in: worked out by sql/merge/report_flags.sql itself.';
comment on column quality_rule.comparison is 'What must hold of left and right: =, <= or >=; null for built_in.';
comment on column quality_rule.constant is 'Added to the right.';
comment on column quality_rule.told_per is
    'The flag tells the left side divided by this field (milligrams per client-day) and nothing beside it, and the rule '
    'waits for the field to be above 0; null: it tells both sides as they are.';
comment on column quality_rule.in_force_from is 'First day of the first month whose reports are held against it.';
comment on column quality_rule.is_active is 'False: nobody is asked any more.';
comment on column quality_rule.enforced_by_schema is
    'True where a check of monthly_report has its name: such a rule can be neither lowered nor put off here.';
comment on column quality_rule.text_en is
    'The sentence of a rule of the programme''s own, with {seen}, {expected} and {field}; rules that came with the '
    'program have theirs in wording under defect.<code> or flag.<code>.';
comment on column quality_rule.text_zh is 'The same in Chinese.';

create table quality_term (
    rule             text not null,
    side             text not null,
    field            text not null,
    month_offset     int not null default 0,
    weight           numeric not null default 1,
    per_day_of_month boolean not null default false,
    blank_is_zero    boolean not null default false,
    constraint quality_term_pkey primary key (rule, side, field, month_offset),
    constraint quality_term_rule_known foreign key (rule) references quality_rule (rule),
    constraint quality_term_side_known check (side in ('left', 'right')),
    constraint quality_term_offset_known check (month_offset in (0, -1)),
    constraint quality_term_weight_counts check (weight <> 0),
    -- A misspelt field would be blank for ever, and its rule silent.
    constraint quality_term_field_known check (field = any (monthly_fields()))
);
comment on table quality_term is
    'Reference: a side of a linear rule is the sum of its terms: weight times field of the monthly report.';
comment on column quality_term.rule is 'The rule.';
comment on column quality_term.side is 'left or right of the comparison.';
comment on column quality_term.field is 'Column of monthly_report.';
comment on column quality_term.month_offset is '0: of the month itself; -1: of the month before.';
comment on column quality_term.weight is 'Factor of the field; negative to subtract it.';
comment on column quality_term.per_day_of_month is 'True: times the days of that month.';
comment on column quality_term.blank_is_zero is
    'True: "not reported" counts as nothing here, and the rule is asked all the same; not where the whole report is missing.';

-- What refuses a row at ingest: the checks of monthly_report.
insert into quality_rule (rule, code, severity, form, comparison, enforced_by_schema, owner)
select *, 'programme' from (values
    ('dosed_over_served', 'dosed_over_served', 'refuse', 'linear', '<=', true),
    ('client_days_over_month', 'client_days_over_month', 'refuse', 'linear', '<=', true),
    ('maintenance_over_dosed', 'maintenance_over_dosed', 'refuse', 'linear', '<=', true),
    ('on_60mg_over_maintenance', 'on_60mg_over_maintenance', 'refuse', 'linear', '<=', true),
    ('tests_done_over_scheduled', 'tests_done_over_scheduled', 'refuse', 'linear', '<=', true),
    ('tests_positive_over_done', 'tests_positive_over_done', 'refuse', 'linear', '<=', true),
    ('clients_tested_over_tests', 'clients_tested_over_tests', 'refuse', 'linear', '<=', true),
    ('clients_tested_over_served', 'clients_tested_over_served', 'refuse', 'linear', '<=', true),
    ('clients_positive_over_tested', 'clients_positive_over_tested', 'refuse', 'linear', '<=', true),
    ('clients_positive_over_tests_positive', 'clients_positive_over_tests_positive', 'refuse', 'linear', '<=', true),
    ('cohort3_parts_over_entered', 'cohort3_parts_over_entered', 'refuse', 'linear', '<=', true),
    ('cohort6_parts_over_entered', 'cohort6_parts_over_entered', 'refuse', 'linear', '<=', true),
    ('cohort12_parts_over_entered', 'cohort12_parts_over_entered', 'refuse', 'linear', '<=', true)
) as known (rule, code, severity, form, comparison, enforced_by_schema);

-- What asks a question.
insert into quality_rule (rule, code, severity, form, comparison, told_per, owner)
select *, 'programme' from (values
    ('caseload_does_not_add_up', 'caseload_does_not_add_up', 'flag', 'linear', '=', null),
    ('opening_is_not_last_closing', 'opening_is_not_last_closing', 'flag', 'linear', '=', null),
    ('mean_dose_under_10_mg', 'mean_dose_implausible', 'flag', 'linear', '>=', 'client_days'),
    ('mean_dose_over_200_mg', 'mean_dose_implausible', 'flag', 'linear', '<=', 'client_days'),
    ('cohort3_leaves_somebody_out', 'cohort_leaves_somebody_out', 'flag', 'linear', '>=', null),
    ('cohort6_leaves_somebody_out', 'cohort_leaves_somebody_out', 'flag', 'linear', '>=', null),
    ('cohort12_leaves_somebody_out', 'cohort_leaves_somebody_out', 'flag', 'linear', '>=', null),
    ('nothing_reported', 'nothing_reported', 'flag', 'built_in', null, null),
    ('copied_from_last_month', 'copied_from_last_month', 'flag', 'built_in', null, null),
    ('no_test_done', 'no_test_done', 'flag', 'built_in', null, null),
    ('clinic_not_open', 'clinic_not_open', 'flag', 'built_in', null, null),
    ('differs_from_client_records', 'differs_from_client_records', 'flag', 'built_in', null, null)
) as known (rule, code, severity, form, comparison, told_per);

insert into quality_term (rule, side, field, blank_is_zero) values
    ('dosed_over_served', 'left', 'clients_dosed', false),
    ('dosed_over_served', 'right', 'opening', false),
    ('dosed_over_served', 'right', 'new', false),
    ('dosed_over_served', 'right', 'readmitted', false),
    ('dosed_over_served', 'right', 'transferred_in', false),
    ('maintenance_over_dosed', 'left', 'on_maintenance', false),
    ('maintenance_over_dosed', 'right', 'clients_dosed', false),
    ('on_60mg_over_maintenance', 'left', 'on_60mg', false),
    ('on_60mg_over_maintenance', 'right', 'on_maintenance', false),
    ('tests_done_over_scheduled', 'left', 'tests_done', false),
    ('tests_done_over_scheduled', 'right', 'tests_scheduled', false),
    ('tests_positive_over_done', 'left', 'tests_positive', false),
    ('tests_positive_over_done', 'right', 'tests_done', false),
    ('clients_tested_over_tests', 'left', 'clients_tested', false),
    ('clients_tested_over_tests', 'right', 'tests_done', false),
    ('clients_tested_over_served', 'left', 'clients_tested', false),
    ('clients_tested_over_served', 'right', 'opening', false),
    ('clients_tested_over_served', 'right', 'new', false),
    ('clients_tested_over_served', 'right', 'readmitted', false),
    ('clients_tested_over_served', 'right', 'transferred_in', false),
    ('clients_positive_over_tested', 'left', 'clients_positive', false),
    ('clients_positive_over_tested', 'right', 'clients_tested', false),
    ('clients_positive_over_tests_positive', 'left', 'clients_positive', false),
    ('clients_positive_over_tests_positive', 'right', 'tests_positive', false),
    ('cohort3_parts_over_entered', 'left', 'cohort3_in', true),
    ('cohort3_parts_over_entered', 'left', 'cohort3_dropout', true),
    ('cohort3_parts_over_entered', 'left', 'cohort3_transferred', true),
    ('cohort3_parts_over_entered', 'left', 'cohort3_died', true),
    ('cohort3_parts_over_entered', 'left', 'cohort3_unknown', true),
    ('cohort3_parts_over_entered', 'right', 'cohort3_entered', false),
    ('cohort6_parts_over_entered', 'left', 'cohort6_in', true),
    ('cohort6_parts_over_entered', 'left', 'cohort6_dropout', true),
    ('cohort6_parts_over_entered', 'left', 'cohort6_transferred', true),
    ('cohort6_parts_over_entered', 'left', 'cohort6_died', true),
    ('cohort6_parts_over_entered', 'left', 'cohort6_unknown', true),
    ('cohort6_parts_over_entered', 'right', 'cohort6_entered', false),
    ('cohort12_parts_over_entered', 'left', 'cohort12_in', true),
    ('cohort12_parts_over_entered', 'left', 'cohort12_dropout', true),
    ('cohort12_parts_over_entered', 'left', 'cohort12_transferred', true),
    ('cohort12_parts_over_entered', 'left', 'cohort12_died', true),
    ('cohort12_parts_over_entered', 'left', 'cohort12_unknown', true),
    ('cohort12_parts_over_entered', 'right', 'cohort12_entered', false),
    ('cohort3_leaves_somebody_out', 'left', 'cohort3_in', false),
    ('cohort3_leaves_somebody_out', 'left', 'cohort3_dropout', false),
    ('cohort3_leaves_somebody_out', 'left', 'cohort3_transferred', false),
    ('cohort3_leaves_somebody_out', 'left', 'cohort3_died', false),
    ('cohort3_leaves_somebody_out', 'left', 'cohort3_unknown', false),
    ('cohort3_leaves_somebody_out', 'right', 'cohort3_entered', false),
    ('cohort6_leaves_somebody_out', 'left', 'cohort6_in', false),
    ('cohort6_leaves_somebody_out', 'left', 'cohort6_dropout', false),
    ('cohort6_leaves_somebody_out', 'left', 'cohort6_transferred', false),
    ('cohort6_leaves_somebody_out', 'left', 'cohort6_died', false),
    ('cohort6_leaves_somebody_out', 'left', 'cohort6_unknown', false),
    ('cohort6_leaves_somebody_out', 'right', 'cohort6_entered', false),
    ('cohort12_leaves_somebody_out', 'left', 'cohort12_in', false),
    ('cohort12_leaves_somebody_out', 'left', 'cohort12_dropout', false),
    ('cohort12_leaves_somebody_out', 'left', 'cohort12_transferred', false),
    ('cohort12_leaves_somebody_out', 'left', 'cohort12_died', false),
    ('cohort12_leaves_somebody_out', 'left', 'cohort12_unknown', false),
    ('cohort12_leaves_somebody_out', 'right', 'cohort12_entered', false);

insert into quality_term (rule, side, field, per_day_of_month) values
    ('client_days_over_month', 'left', 'client_days', false),
    ('client_days_over_month', 'right', 'clients_dosed', true);

insert into quality_term (rule, side, field, month_offset, weight) values
    ('caseload_does_not_add_up', 'left', 'closing', 0, 1),
    ('caseload_does_not_add_up', 'right', 'opening', 0, 1),
    ('caseload_does_not_add_up', 'right', 'new', 0, 1),
    ('caseload_does_not_add_up', 'right', 'readmitted', 0, 1),
    ('caseload_does_not_add_up', 'right', 'transferred_in', 0, 1),
    ('caseload_does_not_add_up', 'right', 'exit_dropout', 0, -1),
    ('caseload_does_not_add_up', 'right', 'exit_transferred', 0, -1),
    ('caseload_does_not_add_up', 'right', 'exit_completed', 0, -1),
    ('caseload_does_not_add_up', 'right', 'exit_disciplinary', 0, -1),
    ('caseload_does_not_add_up', 'right', 'exit_detained', 0, -1),
    ('caseload_does_not_add_up', 'right', 'exit_hospital', 0, -1),
    ('caseload_does_not_add_up', 'right', 'exit_moved', 0, -1),
    ('caseload_does_not_add_up', 'right', 'exit_died', 0, -1),
    ('caseload_does_not_add_up', 'right', 'exit_other', 0, -1),
    ('opening_is_not_last_closing', 'left', 'opening', 0, 1),
    ('opening_is_not_last_closing', 'right', 'closing', -1, 1),
    ('mean_dose_under_10_mg', 'left', 'methadone_mg', 0, 1),
    ('mean_dose_under_10_mg', 'right', 'client_days', 0, 10),
    ('mean_dose_over_200_mg', 'left', 'methadone_mg', 0, 1),
    ('mean_dose_over_200_mg', 'right', 'client_days', 0, 200);

create function rules_fingerprint() returns text
    language sql stable
    return (
        select md5(string_agg(line, ' ' order by line))
        from (select to_jsonb(r)::text as line from mmt.quality_rule r
              union all
              select to_jsonb(t)::text from mmt.quality_term t) as whole);
comment on function rules_fingerprint() is 'Tells one state of the rules from another.';

alter table programme add rules_applied text;
comment on column programme.rules_applied is
    'Fingerprint of the rules that all stored reports were held against; where it is not that of today''s rules, the next '
    'load asks every report anew.';
grant update (rules_applied) on programme to mmt_ingest;

alter table report_flag add field text;
comment on column report_flag.field is 'Column of monthly_report that it is about; null where it is about several, or all.';
grant update (field) on report_flag to mmt_ingest;

create table flag_action (
    site_id  int not null,
    month    date not null,
    code     text not null,
    at       timestamptz not null default clock_timestamp(),
    action   text not null,
    done_by  text not null default session_user,
    owner    text,
    reason   text,
    seen     numeric,
    expected numeric,
    constraint flag_action_pkey primary key (site_id, month, code, at),
    constraint flag_action_site_known foreign key (site_id) references site (site_id),
    constraint flag_action_month_known foreign key (month) references reporting_month (month),
    constraint flag_action_known check (action in ('assigned', 'resolved', 'reopened')),
    constraint flag_action_owner_when_assigned check ((action = 'assigned') = (owner is not null)),
    constraint flag_action_resolved_for_a_reason check (action <> 'resolved' or reason is not null),
    constraint flag_action_reason_said check (trim(reason) <> '' and trim(owner) <> '')
);
comment on table flag_action is
    'Fact: what somebody did about a flag: rows are only ever added, and the last one tells its state (view flag_state).';
comment on column flag_action.site_id is 'The clinic.';
comment on column flag_action.month is 'First day of the month.';
comment on column flag_action.code is 'Code of the flag.';
comment on column flag_action.at is 'When.';
comment on column flag_action.action is 'assigned (to its owner), resolved (for a reason) or reopened.';
comment on column flag_action.done_by is 'Who did it.';
comment on column flag_action.owner is 'To whom it was assigned; null for anything else.';
comment on column flag_action.reason is 'Why: always said where it was resolved.';
comment on column flag_action.seen is 'The number in the report, at the time.';
comment on column flag_action.expected is 'The number that it was held against, at the time.';

create table client_count (
    site_id int not null,
    month   date not null,
    field   text not null,
    counted numeric not null,
    constraint client_count_pkey primary key (site_id, month, field),
    constraint client_count_site_known foreign key (site_id) references site (site_id),
    constraint client_count_month_known foreign key (month) references reporting_month (month),
    constraint client_count_field_known check (field = any (monthly_fields()))
);
comment on table client_count is
    'Fact: what the client records of a clinic add up to in a month, in fields of the monthly report; derived in the '
    'transaction that loads them (sql/merge/client_counts.sql). No row: there are no records of the kind, or they do not tell.';
comment on column client_count.site_id is 'The clinic.';
comment on column client_count.month is 'First day of the month.';
comment on column client_count.field is 'Column of monthly_report.';
comment on column client_count.counted is 'The number counted.';

do $$
declare
    scoped text;
begin
    foreach scoped in array array['flag_action', 'client_count']
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

grant select on quality_rule, quality_term, flag_action, client_count to mmt_web, mmt_analyst, mmt_ingest;
grant insert on flag_action, client_count to mmt_ingest;
grant update (counted), delete on client_count to mmt_ingest;
