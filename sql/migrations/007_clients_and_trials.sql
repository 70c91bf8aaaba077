-- What is known of single clients, of trials, and of what happened in the programme. All of it is versioned as monthly
-- reports are: rows are only ever added, and of several with one key the one whose file arrived last counts.

create table client (
    site_id   int not null,
    client_id int not null,
    code      text not null,
    constraint client_pkey primary key (site_id, client_id),
    constraint client_code_unique unique (site_id, code),
    constraint client_site_known foreign key (site_id) references site (site_id),
    constraint client_code_form check (length(code) between 1 and 60)
);
comment on table client is 'Fact: a client of a clinic. One who moves is another clinic''s client too.';
comment on column client.site_id is 'The clinic.';
comment on column client.client_id is 'Number used inside the database, from 1 in each clinic.';
comment on column client.code is
    'Pseudonym: a keyed hash of the clinic''s own number, 32 hexadecimal digits, the same in every clinic; where the '
    'programme has no pseudonym key (programme.pseudonym_key is null), the number itself.';

create table episode (
    site_id           int not null,
    client_id         int not null,
    started_on        date not null,
    version           int not null,
    receipt_id        int not null,
    line              int not null,
    ended_on          date,
    exit_reason       text,
    entry             text,
    sex               text,
    birth_year        int,
    injecting         text,
    imprisoned_before text,
    hiv               text,
    employed          text,
    dose_mg           numeric(14, 1),
    constraint episode_pkey primary key (site_id, client_id, started_on, version),
    constraint episode_client_known foreign key (site_id, client_id) references client (site_id, client_id),
    constraint episode_order check (ended_on >= started_on),
    constraint episode_reason_of_end check (exit_reason is null or ended_on is not null),
    constraint episode_exit_reason_known check (exit_reason in (
        'dropout', 'transferred', 'completed', 'disciplinary', 'detained', 'hospital', 'moved', 'died', 'other')),
    constraint episode_entry_known check (entry in ('new', 'readmitted', 'transferred_in')),
    constraint episode_sex_known check (sex in ('female', 'male', 'other')),
    constraint episode_birth_year_possible check (birth_year between 1900 and 2049),
    constraint episode_injecting_known check (injecting in ('yes', 'no')),
    constraint episode_imprisoned_before_known check (imprisoned_before in ('yes', 'no')),
    constraint episode_hiv_known check (hiv in ('positive', 'negative', 'unknown')),
    constraint episode_employed_known check (employed in ('yes', 'no')),
    constraint episode_dose_possible check (dose_mg between 0 and 500)
);
comment on table episode is 'Fact: a stay in treatment, from its first day to its last; every version.';
comment on column episode.site_id is 'The clinic.';
comment on column episode.client_id is 'The client.';
comment on column episode.started_on is 'First day of the stay.';
comment on column episode.version is 'Place in the order of storing, from 1; the file that arrived last counts (current_episode).';
comment on column episode.receipt_id is 'The load that brought it.';
comment on column episode.line is 'Its line in that file.';
comment on column episode.ended_on is 'Last day of the stay; null while it goes on.';
comment on column episode.exit_reason is 'Why it ended, as in the exits of the monthly report; null while it goes on or unknown.';
comment on column episode.entry is 'new, readmitted or transferred_in; null where not reported.';
comment on column episode.sex is 'female, male or other; null where not reported.';
comment on column episode.birth_year is 'Year of birth.';
comment on column episode.injecting is 'At entry: injected heroin in the past 30 days, yes or no.';
comment on column episode.imprisoned_before is 'At entry: had been in prison or compulsory detention, yes or no.';
comment on column episode.hiv is 'At entry: positive, negative or unknown.';
comment on column episode.employed is 'At entry: in paid work, yes or no.';
comment on column episode.dose_mg is 'Usual daily dose of methadone, in milligrams.';

create table dose_sheet (
    site_id    int not null,
    client_id  int not null,
    month      date not null,
    version    int not null,
    receipt_id int not null,
    tenths_mg  smallint[] not null,
    line       int[] not null,
    origin     int[],
    constraint dose_sheet_pkey primary key (site_id, client_id, month, version),
    constraint dose_sheet_site_known foreign key (site_id) references site (site_id),
    constraint dose_sheet_client_known foreign key (site_id, client_id) references client (site_id, client_id),
    constraint dose_sheet_version_from_1 check (version >= 1),
    constraint dose_possible check (0 < all (tenths_mg) and 5000 >= all (tenths_mg)),
    constraint dose_line_from_1 check (1 <= all (line)),
    constraint dose_sheet_days_of_month check (
        extract(day from month) = 1
        and array_lower(tenths_mg, 1) = 1 and array_lower(line, 1) = 1
        and cardinality(tenths_mg) = extract(day from month + interval '1 month' - interval '1 day')
        and cardinality(line) = cardinality(tenths_mg)
        and (origin is null or (array_lower(origin, 1) = 1 and cardinality(origin) = cardinality(tenths_mg))))
);
comment on table dose_sheet is
    'Fact: the doses of a client in a month, one box a day as on the clinic''s dosing sheet; every version. Analysts '
    'read the view dose, which has one row a day. One row a month is what makes ten million doses load quickly.';
comment on column dose_sheet.site_id is 'The clinic.';
comment on column dose_sheet.client_id is 'The client.';
comment on column dose_sheet.month is 'First day of the month.';
comment on column dose_sheet.version is 'Place in the order of storing, from 1; the highest holds all that is known of the month.';
comment on column dose_sheet.receipt_id is 'The load that brought this version.';
comment on column dose_sheet.tenths_mg is 'tenths_mg[17] is the dose on the 17th in tenths of a milligram; null: none recorded.';
comment on column dose_sheet.line is 'line[17]: the line of that dose in its file.';
comment on column dose_sheet.origin is 'origin[17]: the load that brought that dose; null where receipt_id brought all of them.';

create table urine_list (
    site_id    int not null,
    month      date not null,
    version    int not null,
    receipt_id int not null,
    client_id  int[] not null,
    day        smallint[] not null,
    substance  smallint[] not null,
    result     smallint[] not null,
    schedule   smallint[] not null,
    line       int[] not null,
    origin     int[],
    constraint urine_list_pkey primary key (site_id, month, version),
    constraint urine_list_site_known foreign key (site_id) references site (site_id),
    constraint urine_list_version_from_1 check (version >= 1),
    constraint urine_result_known check (0 <= all (result) and 3 >= all (result)),
    constraint urine_substance_known check (0 <= all (substance) and 6 >= all (substance)),
    constraint urine_schedule_known check (0 <= all (schedule) and 2 >= all (schedule)),
    constraint urine_day_of_month check (
        1 <= all (day) and extract(day from month + interval '1 month' - interval '1 day') >= all (day)),
    constraint urine_line_from_1 check (1 <= all (line)),
    constraint urine_list_even check (
        extract(day from month) = 1
        and cardinality(day) = cardinality(client_id) and cardinality(substance) = cardinality(client_id)
        and cardinality(result) = cardinality(client_id) and cardinality(schedule) = cardinality(client_id)
        and cardinality(line) = cardinality(client_id)
        and (origin is null or cardinality(origin) = cardinality(client_id)))
);
comment on table urine_list is
    'Fact: the urine tests of a clinic in a month, as lists side by side; every version. Analysts read the view '
    'urine_test, which has one row a test.';
comment on column urine_list.site_id is 'The clinic.';
comment on column urine_list.month is 'First day of the month.';
comment on column urine_list.version is 'Place in the order of storing, from 1; the highest holds all that is known of the month.';
comment on column urine_list.receipt_id is 'The load that brought this version.';
comment on column urine_list.client_id is 'The client of each test (table client).';
comment on column urine_list.day is 'Day of the month on which it was taken, or missed.';
comment on column urine_list.substance is '0 opioid, 1 methadone, 2 buprenorphine, 3 amphetamine, 4 benzodiazepine, 5 cocaine, 6 other.';
comment on column urine_list.result is '0 negative, 1 positive, 2 invalid, 3 missed.';
comment on column urine_list.schedule is '0 not reported, 1 scheduled, 2 random.';
comment on column urine_list.line is 'Its line in its file.';
comment on column urine_list.origin is 'The load that brought it; null where receipt_id brought all of them.';

create table trial_protocol (
    trial                  text not null,
    version                int not null,
    receipt_id             int not null,
    line                   int not null,
    name                   text not null,
    name_zh                text,
    registration           text,
    design                 text not null,
    primary_outcome        text,
    planned_clusters       int,
    planned_group_sessions int,
    planned_interviews     int,
    starts_on              date,
    ends_on                date,
    constraint trial_protocol_pkey primary key (trial, version),
    constraint trial_code_form check (trial ~ '^[A-Za-z0-9._-]{1,20}$'),
    constraint trial_design_known check (design in ('parallel', 'paired', 'stratified')),
    constraint trial_order check (ends_on >= starts_on)
);
comment on table trial_protocol is 'Reference: a cluster-randomised trial as it was planned; every version.';
comment on column trial_protocol.trial is 'The programme''s code of the trial.';
comment on column trial_protocol.version is 'Place in the order of storing, from 1; the file that arrived last counts (current_trial_protocol).';
comment on column trial_protocol.receipt_id is 'The load that brought it.';
comment on column trial_protocol.line is 'Its line in that file.';
comment on column trial_protocol.name is 'Name in English, or in the only language known.';
comment on column trial_protocol.name_zh is 'Name in Chinese.';
comment on column trial_protocol.registration is 'Number in a public register of trials.';
comment on column trial_protocol.design is 'parallel, paired (randomised within pairs of clinics) or stratified.';
comment on column trial_protocol.primary_outcome is 'The outcome fixed beforehand.';
comment on column trial_protocol.planned_clusters is 'Clinics planned.';
comment on column trial_protocol.planned_group_sessions is 'Group sessions of providers planned for each clinic.';
comment on column trial_protocol.planned_interviews is 'Motivational interviews planned for each client.';
comment on column trial_protocol.starts_on is 'First day of the trial.';
comment on column trial_protocol.ends_on is 'Last day of the trial.';

create table allocation (
    site_id      int not null,
    trial        text not null,
    version      int not null,
    receipt_id   int not null,
    line         int not null,
    arm          text not null,
    pair         text,
    stratum      text,
    allocated_on date,
    starts_on    date,
    constraint allocation_pkey primary key (site_id, trial, version),
    constraint allocation_site_known foreign key (site_id) references site (site_id),
    constraint allocation_arm_known check (arm in ('intervention', 'control')),
    constraint allocation_order check (starts_on >= allocated_on)
);
comment on table allocation is
    'Fact: the arm that a clinic was put into; every version. Masked: no reader of pages or psql is granted it.';
comment on column allocation.site_id is 'The clinic.';
comment on column allocation.trial is 'The trial.';
comment on column allocation.version is 'Place in the order of storing, from 1; the file that arrived last counts (current_allocation).';
comment on column allocation.receipt_id is 'The load that brought it.';
comment on column allocation.line is 'Its line in that file.';
comment on column allocation.arm is 'intervention or control.';
comment on column allocation.pair is 'The pair within which it was randomised.';
comment on column allocation.stratum is 'The stratum within which it was randomised.';
comment on column allocation.allocated_on is 'Day of randomisation.';
comment on column allocation.starts_on is 'Day on which the intervention began, or would have.';

create table participant (
    site_id           int not null,
    trial             text not null,
    participant       text not null,
    version           int not null,
    receipt_id        int not null,
    line              int not null,
    role              text not null,
    enrolled_on       date,
    withdrawn_on      date,
    withdrawal_reason text,
    sex               text,
    birth_year        int,
    constraint participant_pkey primary key (site_id, trial, participant, version),
    constraint participant_site_known foreign key (site_id) references site (site_id),
    constraint participant_role_known check (role in ('client', 'provider')),
    constraint participant_order check (withdrawn_on >= enrolled_on),
    constraint participant_sex_known check (sex in ('female', 'male', 'other')),
    constraint participant_birth_year_possible check (birth_year between 1900 and 2049)
);
comment on table participant is 'Fact: a client or provider who takes part in a trial; every version.';
comment on column participant.site_id is 'The clinic.';
comment on column participant.trial is 'The trial.';
comment on column participant.participant is 'Pseudonym, made as in client.code.';
comment on column participant.version is 'Place in the order of storing, from 1; the file that arrived last counts (current_participant).';
comment on column participant.receipt_id is 'The load that brought it.';
comment on column participant.line is 'Its line in that file.';
comment on column participant.role is 'client or provider.';
comment on column participant.enrolled_on is 'Day of enrolment.';
comment on column participant.withdrawn_on is 'Day of withdrawal.';
comment on column participant.withdrawal_reason is 'Why, in the team''s words.';
comment on column participant.sex is 'female, male or other.';
comment on column participant.birth_year is 'Year of birth.';

create table assessment (
    site_id     int not null,
    trial       text not null,
    participant text not null,
    visit_month int not null,
    instrument  text not null,
    version     int not null,
    receipt_id  int not null,
    line        int not null,
    role        text not null,
    assessed_on date,
    status      text not null,
    value       numeric(14, 3),
    constraint assessment_pkey primary key (site_id, trial, participant, visit_month, instrument, version),
    constraint assessment_site_known foreign key (site_id) references site (site_id),
    constraint assessment_role_known check (role in ('client', 'provider')),
    constraint assessment_visit_from_0 check (visit_month >= 0),
    constraint assessment_status_known check (status in ('done', 'missed', 'refused', 'lost')),
    constraint assessment_value_when_done check ((status = 'done') = (value is not null))
);
comment on table assessment is
    'Fact: what an instrument measured at a visit, of a trial or of the programme''s own intake and follow-ups; every version.';
comment on column assessment.site_id is 'The clinic.';
comment on column assessment.trial is 'The trial; empty for the programme''s own assessments.';
comment on column assessment.participant is 'Pseudonym, made as in client.code: a client''s is the same in both.';
comment on column assessment.visit_month is 'Months since baseline or intake at which the visit was planned: 0, 3, 6, …';
comment on column assessment.instrument is 'What was measured: heroin_use, injecting, sharing, offending, employment, knowledge, …';
comment on column assessment.version is 'Place in the order of storing, from 1; the file that arrived last counts (current_assessment).';
comment on column assessment.receipt_id is 'The load that brought it.';
comment on column assessment.line is 'Its line in that file.';
comment on column assessment.role is 'client or provider.';
comment on column assessment.assessed_on is 'Day of the visit.';
comment on column assessment.status is 'done, missed, refused or lost (to follow-up).';
comment on column assessment.value is 'The score; 1 or 0 for yes or no. Null unless done.';

create table session (
    site_id     int not null,
    trial       text not null,
    form        text not null,
    number      int not null,
    participant text not null,
    version     int not null,
    receipt_id  int not null,
    line        int not null,
    planned_on  date,
    held_on     date,
    attended    int,
    minutes     int,
    constraint session_pkey primary key (site_id, trial, form, number, participant, version),
    constraint session_site_known foreign key (site_id) references site (site_id),
    constraint session_form_known check (form in ('provider_group', 'client_interview')),
    constraint session_number_from_1 check (number >= 1),
    constraint session_attended_when_held check (attended is null or held_on is not null)
);
comment on table session is 'Fact: a session of the intervention, planned or held; every version.';
comment on column session.site_id is 'The clinic.';
comment on column session.trial is 'The trial; empty outside of one.';
comment on column session.form is 'provider_group (a training of providers) or client_interview (a motivational interview).';
comment on column session.number is 'Which of the planned sessions it is, from 1.';
comment on column session.participant is 'Pseudonym of the client interviewed; empty for a group.';
comment on column session.version is 'Place in the order of storing, from 1; the file that arrived last counts (current_session).';
comment on column session.receipt_id is 'The load that brought it.';
comment on column session.line is 'Its line in that file.';
comment on column session.planned_on is 'Day for which it was planned.';
comment on column session.held_on is 'Day on which it was held; null while it was not.';
comment on column session.attended is 'How many attended.';
comment on column session.minutes is 'How long it took.';

create table event (
    event       text not null,
    version     int not null,
    receipt_id  int not null,
    line        int not null,
    kind        text not null,
    site_id     int,
    region_id   int,
    happened_on date not null,
    ended_on    date,
    owner       text not null,
    reason      text not null,
    rebases     text not null,
    constraint event_pkey primary key (event, version),
    constraint event_code_form check (event ~ '^[A-Za-z0-9._-]{1,20}$'),
    constraint event_site_known foreign key (site_id) references site (site_id),
    constraint event_region_known foreign key (region_id) references region (region_id),
    constraint event_kind_known check (kind in ('training', 'policy', 'move', 'stock_out', 'definition', 'other')),
    constraint event_one_place check (site_id is null or region_id is null),
    constraint event_order check (ended_on >= happened_on),
    constraint event_rebases_known check (rebases in ('yes', 'no'))
);
comment on table event is 'Reference: what happened in a clinic, a region or the whole programme; every version.';
comment on column event.event is 'The programme''s code of the event.';
comment on column event.version is 'Place in the order of storing, from 1; the file that arrived last counts (current_event).';
comment on column event.receipt_id is 'The load that brought it.';
comment on column event.line is 'Its line in that file.';
comment on column event.kind is 'training, policy, move, stock_out, definition or other.';
comment on column event.site_id is 'The clinic; null for a region''s or the programme''s.';
comment on column event.region_id is 'The region; null for a clinic''s or the programme''s.';
comment on column event.happened_on is 'First day.';
comment on column event.ended_on is 'Last day; null for a single day or while it goes on.';
comment on column event.owner is 'Who answers for the entry.';
comment on column event.reason is 'What happened and why.';
comment on column event.rebases is 'yes where the baselines of control charts may begin anew here.';

do $$
declare
    scoped text;
begin
    foreach scoped in array array[
        'client', 'episode', 'dose_sheet', 'urine_list', 'allocation', 'participant', 'assessment', 'session']
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
alter table event enable row level security;
create policy event_of_readers_sites on event for select using (
    site_id = any ((select readable_sites())::int[])
    -- A region's events are for the readers of any of its clinics, the programme's for those of any clinic at all.
    or site_id is null and exists (select from site s where s.region_id = event.region_id or event.region_id is null));
create policy event_loaded on event to mmt_ingest using (true) with check (true);

grant select on client, episode, dose_sheet, urine_list, trial_protocol, participant, assessment, session, event
    to mmt_web, mmt_analyst, mmt_ingest;
grant select on allocation to mmt_ingest;
grant insert on client, episode, dose_sheet, urine_list, trial_protocol, allocation, participant, assessment, session, event
    to mmt_ingest;

-- By receipt: what a load brought, and whether a reader may see its receipt.
create index episode_by_receipt on episode (receipt_id);
create index dose_sheet_by_receipt on dose_sheet (receipt_id);
create index urine_list_by_receipt on urine_list (receipt_id);
create index participant_by_receipt on participant (receipt_id);
create index assessment_by_receipt on assessment (receipt_id);
create index session_by_receipt on session (receipt_id);
