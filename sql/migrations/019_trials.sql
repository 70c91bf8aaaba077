-- Trials that can be analysed: the plan fixed beforehand, what the daemon may read of a trial, and arms that stay hidden until
-- somebody who may says why he looks. Roll-outs, which hide nothing.

alter table trial_protocol
    add assessed_clusters int,
    add excluded_clusters int;
comment on column trial_protocol.assessed_clusters is 'Clinics assessed for eligibility.';
comment on column trial_protocol.excluded_clusters is 'Of those: not eligible, or declined.';

alter table participant
    add left_treatment_on date,
    add exit_reason text,
    add constraint participant_exit_reason_known check (exit_reason in (
        'dropout', 'transferred', 'completed', 'disciplinary', 'detained', 'hospital', 'moved', 'died', 'other')),
    add constraint participant_reason_of_exit check (exit_reason is null or left_treatment_on is not null),
    add constraint participant_left_after_enrolment check (left_treatment_on >= enrolled_on);
comment on column participant.left_treatment_on is 'Day on which a client left treatment at the clinic; null while in treatment or unknown.';
comment on column participant.exit_reason is 'Why, as in the exits of the monthly report.';

create table trial_plan (
    trial       text not null,
    role        text not null,
    outcome     text not null,
    version     int not null,
    receipt_id  int not null,
    line        int not null,
    rank        text not null,
    scale       text not null,
    higher_is   text not null,
    visit_month int,
    method      text not null,
    covariates  text,
    worthwhile  numeric(14, 3),
    name        text not null,
    name_zh     text,
    unit        text,
    unit_zh     text,
    constraint trial_plan_pkey primary key (trial, role, outcome, version),
    constraint trial_plan_role_known check (role in ('client', 'provider')),
    constraint trial_plan_rank_known check (rank in ('primary', 'secondary')),
    constraint trial_plan_scale_known check (scale in ('continuous', 'binary', 'time_to_event')),
    constraint trial_plan_higher_is_known check (higher_is in ('better', 'worse')),
    constraint trial_plan_visit_from_1 check (visit_month >= 1),
    constraint trial_plan_worthwhile_from_0 check (worthwhile >= 0),
    constraint trial_plan_method_known check (method in (
        'two_stage', 'permutation', 'mixed_model', 'logistic_mixed_model', 'estimating_equations', 'paired_cox'))
);
comment on table trial_plan is
    'Reference: what a trial set out to measure and how to judge it, one row an outcome; every version. The file that brought '
    'it has a hash and a date (receipt): what is not in a plan that was there before the arms were looked at is exploratory.';
comment on column trial_plan.trial is 'The trial.';
comment on column trial_plan.role is 'Whose outcome it is: client or provider.';
comment on column trial_plan.outcome is 'Code of the instrument (assessment.instrument); of a time_to_event any code of its own, such as dropout.';
comment on column trial_plan.version is 'Place in the order of storing, from 1; the file that arrived last counts (current_trial_plan).';
comment on column trial_plan.receipt_id is 'The load that brought it: its file''s hash and date are the plan''s.';
comment on column trial_plan.line is 'Its line in that file.';
comment on column trial_plan.rank is 'primary or secondary.';
comment on column trial_plan.scale is 'continuous (a score), binary (1 or 0) or time_to_event (days until a client left treatment by dropping out).';
comment on column trial_plan.higher_is is 'better or worse: what more of it means for people.';
comment on column trial_plan.visit_month is 'The visit at which arms are compared; null: the last one (of a time_to_event: the whole time).';
comment on column trial_plan.method is 'The method whose estimate counts, whatever others say.';
comment on column trial_plan.covariates is 'What it is adjusted for, with semicolons between: baseline, age, female.';
comment on column trial_plan.worthwhile is 'The smallest difference that would matter, in the outcome''s unit (binary: percentage points; time_to_event: per cent of the rate).';
comment on column trial_plan.name is 'Name in English, or in the only language known.';
comment on column trial_plan.name_zh is 'Name in Chinese.';
comment on column trial_plan.unit is 'What a difference is counted in, in English, such as points.';
comment on column trial_plan.unit_zh is 'The same in Chinese.';
grant select on trial_plan to mmt_web, mmt_analyst, mmt_ingest;
grant insert on trial_plan to mmt_ingest;
grant select on trial_protocol to mmt_web;

-- Derived in the transaction of each load that concerns a trial (sql/merge/trial_*.sql), so that the daemon reads no person.

create table trial_cluster (
    site_id      int not null,
    trial        text not null,
    pair         text,
    stratum      text,
    allocated_on date,
    constraint trial_cluster_pkey primary key (site_id, trial),
    constraint trial_cluster_site_known foreign key (site_id) references site (site_id)
);
comment on table trial_cluster is 'Fact: the clinics of a trial, without their arms.';
comment on column trial_cluster.site_id is 'The clinic.';
comment on column trial_cluster.trial is 'The trial.';
comment on column trial_cluster.pair is 'The pair within which it was randomised.';
comment on column trial_cluster.stratum is 'The stratum within which it was randomised.';
comment on column trial_cluster.allocated_on is 'Day of randomisation.';

create table trial_flow (
    site_id     int not null,
    trial       text not null,
    role        text not null,
    visit_month int not null,
    enrolled    int not null,
    withdrawn   int not null,
    due         int not null,
    assessed    int not null,
    missed      int not null,
    refused     int not null,
    lost        int not null,
    constraint trial_flow_pkey primary key (site_id, trial, role, visit_month),
    constraint trial_flow_site_known foreign key (site_id) references site (site_id),
    constraint trial_flow_parts check (withdrawn <= enrolled and due <= enrolled and assessed + missed + refused + lost <= due)
);
comment on table trial_flow is 'Fact: how many took part in a trial at a clinic, and came to each visit.';
comment on column trial_flow.site_id is 'The clinic.';
comment on column trial_flow.trial is 'The trial.';
comment on column trial_flow.role is 'client or provider.';
comment on column trial_flow.visit_month is 'Months since baseline at which the visit was planned.';
comment on column trial_flow.enrolled is 'Participants enrolled, the same at each visit.';
comment on column trial_flow.withdrawn is 'Of those: withdrawn from the trial before the visit was due.';
comment on column trial_flow.due is 'Participants whose visit is written down or has fallen due.';
comment on column trial_flow.assessed is 'Of those: at least one instrument was answered.';
comment on column trial_flow.missed is 'Missed the visit.';
comment on column trial_flow.refused is 'Refused it.';
comment on column trial_flow.lost is 'Lost to follow-up. What is left of those due has no word of the visit.';

create table trial_baseline (
    site_id  int not null,
    trial    text not null,
    role     text not null,
    outcome  text not null,
    people   int not null,
    total    numeric not null,
    squares  numeric not null,
    constraint trial_baseline_pkey primary key (site_id, trial, role, outcome),
    constraint trial_baseline_site_known foreign key (site_id) references site (site_id)
);
comment on table trial_baseline is
    'Fact: an outcome at baseline, before the intervention could change it: sums over the participants of a clinic.';
comment on column trial_baseline.site_id is 'The clinic.';
comment on column trial_baseline.trial is 'The trial.';
comment on column trial_baseline.role is 'client or provider.';
comment on column trial_baseline.outcome is 'The instrument.';
comment on column trial_baseline.people is 'Participants with a value.';
comment on column trial_baseline.total is 'Their values, added.';
comment on column trial_baseline.squares is 'Their values squared, added.';

create table trial_subject (
    site_id     int not null,
    trial       text not null,
    role        text not null,
    subject     int not null,
    age         int,
    female      int,
    days        int,
    has_dropped boolean,
    constraint trial_subject_pkey primary key (site_id, trial, role, subject),
    constraint trial_subject_site_known foreign key (site_id) references site (site_id)
);
comment on table trial_subject is
    'Fact: participants of a trial without name, pseudonym or day. For readers of trials.';
comment on column trial_subject.site_id is 'The clinic.';
comment on column trial_subject.trial is 'The trial.';
comment on column trial_subject.role is 'client or provider.';
comment on column trial_subject.subject is 'Number within the clinic, drawn anew with each load: it names nobody.';
comment on column trial_subject.age is 'Age at enrolment in years.';
comment on column trial_subject.female is '1 for women, 0 for others; null where not reported.';
comment on column trial_subject.days is
    'Days from enrolment to leaving treatment, or to the last day of the trial that is known of; null where enrolment is not.';
comment on column trial_subject.has_dropped is 'Whether the client left by dropping out; other exits end the time without one.';

create table trial_measure (
    site_id     int not null,
    trial       text not null,
    role        text not null,
    subject     int not null,
    outcome     text not null,
    visit_month int not null,
    status      text not null,
    is_doubtful boolean not null,
    value       numeric(14, 3),
    constraint trial_measure_pkey primary key (site_id, trial, role, subject, outcome, visit_month),
    constraint trial_measure_site_known foreign key (site_id) references site (site_id)
);
comment on table trial_measure is 'Fact: what was measured on the participants of a trial (trial_subject). For readers of trials.';
comment on column trial_measure.site_id is 'The clinic.';
comment on column trial_measure.trial is 'The trial.';
comment on column trial_measure.role is 'client or provider.';
comment on column trial_measure.subject is 'The participant, as in trial_subject.';
comment on column trial_measure.outcome is 'The instrument.';
comment on column trial_measure.visit_month is 'Months since baseline at which the visit was planned.';
comment on column trial_measure.status is 'done, missed, refused or lost.';
comment on column trial_measure.is_doubtful is 'Whether it was made more than 45 days from the day on which it was due.';
comment on column trial_measure.value is 'The score; 1 or 0 for yes or no. Null unless done.';

create table trial_delivery (
    site_id  int not null,
    trial    text not null,
    form     text not null,
    number   int not null,
    planned  int not null,
    held     int not null,
    attended int not null,
    minutes  bigint not null,
    timed    int not null,
    constraint trial_delivery_pkey primary key (site_id, trial, form, number),
    constraint trial_delivery_site_known foreign key (site_id) references site (site_id)
);
comment on table trial_delivery is
    'Fact: how much of the intervention arrived at a clinic. It tells the arm, and is hidden with it.';
comment on column trial_delivery.site_id is 'The clinic.';
comment on column trial_delivery.trial is 'The trial.';
comment on column trial_delivery.form is 'provider_group or client_interview.';
comment on column trial_delivery.number is 'Which of the planned sessions it is, from 1.';
comment on column trial_delivery.planned is 'Sessions entered: one for a group, one a client for interviews.';
comment on column trial_delivery.held is 'Of those: held.';
comment on column trial_delivery.attended is 'People who attended, added; of an interview held 1.';
comment on column trial_delivery.minutes is 'How long those lasted of which it is known, added.';
comment on column trial_delivery.timed is 'How many those are.';

-- Each act of uncovering arms, for as long as the database lives.
create table trial_look (
    look       int not null,
    trial      text not null,
    reader     text not null,
    looked_at  timestamptz not null default now(),
    ends_at    timestamptz not null,
    reason     text not null,
    constraint trial_look_pkey primary key (look),
    constraint trial_look_reasoned check (length(trim(reason)) between 10 and 500),
    constraint trial_look_order check (ends_at > looked_at)
);
comment on table trial_look is 'Ledger: who uncovered the arms of a trial, when, until when, and why. Written by unmask() only.';
comment on column trial_look.look is 'Number of the look, in their order.';
comment on column trial_look.trial is 'The trial.';
comment on column trial_look.reader is 'The login or account that may see them.';
comment on column trial_look.looked_at is 'Since when.';
comment on column trial_look.ends_at is 'When they are hidden again.';
comment on column trial_look.reason is 'Why, in the words of the one who looked.';

-- Who reads what of trials is told by roles alone, as with clinics: mmt.<database>.trials may see outcomes, and is asked for a
-- reason before it sees arms; a look is a role of its own that ends (mmt.<database>.look.<number>.<trial>).
create function reads_trials() returns boolean
    language sql stable parallel safe
    return exists (select from mmt.reader_roles() role where role = 'mmt.' || current_database() || '.trials');
comment on function reads_trials() is 'Whether the reader may see the outcomes of trials, and uncover arms.';

create function unmasked_trials() returns text[]
    language sql stable parallel safe
    begin atomic
        select coalesce(array_agg(distinct regexp_replace(substr(r.rolname, length(look.prefix) + 1), '^\d+\.', '')), '{}')
        from (select 'mmt.' || current_database() || '.look.') as look (prefix)
        join mmt.reader_roles() as role on starts_with(role, look.prefix)
        join pg_catalog.pg_roles r on r.rolname = role and r.rolvaliduntil > now();
    end;
comment on function unmasked_trials() is 'The trials whose arms the reader has uncovered, with a reason, and that are not hidden again.';

do $$
declare
    scoped text;
begin
    foreach scoped in array array[
        'trial_cluster', 'trial_flow', 'trial_baseline', 'trial_subject', 'trial_measure', 'trial_delivery']
    loop
        execute format('alter table %I enable row level security', scoped);
        execute format('create policy %I on %I to mmt_ingest using (true) with check (true)',
            scoped || '_loaded', scoped);
        execute format('grant select on %I to mmt_web', scoped);
        execute format('grant select, insert, update, delete on %I to mmt_ingest', scoped);
    end loop;
    foreach scoped in array array['trial_cluster', 'trial_flow', 'trial_baseline']
    loop
        execute format('grant select on %I to mmt_analyst', scoped);
        execute format('create policy %I on %I for select using (site_id in (select unnest((select readable_sites()))))',
            scoped || '_of_readers_sites', scoped);
    end loop;
    foreach scoped in array array['trial_subject', 'trial_measure']
    loop
        execute format(
            'create policy %I on %I for select using '
            '((select reads_trials()) and site_id in (select unnest((select readable_sites()))))',
            scoped || '_of_trial_readers', scoped);
    end loop;
end
$$;

-- What tells an arm: arms themselves, what was delivered, and outcomes that the intervention moves.
create policy trial_delivery_of_unmasked on trial_delivery for select using (
    trial in (select unnest((select unmasked_trials()))) and site_id in (select unnest((select readable_sites()))));
drop policy allocation_of_readers_sites on allocation;
create policy allocation_of_unmasked on allocation for select using (
    trial in (select unnest((select unmasked_trials()))) and site_id in (select unnest((select readable_sites()))));
grant select on allocation to mmt_web;
drop policy session_of_readers_sites on session;
create policy session_of_readers_sites on session for select using (
    (trial = '' or trial in (select unnest((select unmasked_trials()))))
    and site_id in (select unnest((select readable_sites()))));
drop policy assessment_of_readers_sites on assessment;
create policy assessment_of_readers_sites on assessment for select using (
    (trial = '' or (select reads_trials())) and site_id in (select unnest((select readable_sites()))));

-- Row-level security hides rows, and not how many there are: EXPLAIN tells what a filter removed, and what the planner expects of
-- a clinic. So tables whose mere rows tell an arm are granted to readers of trials alone.
revoke select on session from mmt_analyst;
do $$
begin
    execute format('grant select on allocation, session, trial_delivery, trial_subject, trial_measure to %I',
        'mmt.' || current_database() || '.trials');
end
$$;

-- Files of sessions and allocations: that one of their rows was refused at a clinic, what is asked of it, even the name that
-- a file was sent under may tell an arm. The loader's own answer goes to the sender.
alter table rejected_row add tells_arm boolean not null default false;
alter table row_question add tells_arm boolean not null default false;
comment on column rejected_row.tells_arm is 'Whether it is a row of sessions or allocations, which readers of trials see alone.';
comment on column row_question.tells_arm is 'Whether it is a row of sessions or allocations, which readers of trials see alone.';
update rejected_row r set tells_arm = true from receipt c where c.receipt_id = r.receipt_id and c.kind in ('sessions', 'allocations');
update row_question r set tells_arm = true from receipt c where c.receipt_id = r.receipt_id and c.kind in ('sessions', 'allocations');
do $$
declare
    scoped text;
begin
    foreach scoped in array array['rejected_row', 'row_question']
    loop
        execute format(
            'alter policy %I on %I using ((not tells_arm or (select reads_trials())) and '
            '((select reads_programme()) or site_id in (select unnest((select readable_sites())))))',
            scoped || '_of_readers_sites', scoped);
    end loop;
end
$$;
drop policy receipt_of_readers_sites on receipt;
create policy receipt_of_readers_sites on receipt for select using (
    (coalesce(kind, '') not in ('sessions', 'allocations') or (select reads_trials()))
    and ((select reads_programme())
         or exists (select from monthly_report r where r.receipt_id = receipt.receipt_id)
         or exists (select from episode r where r.receipt_id = receipt.receipt_id)
         or exists (select from dose_sheet r where r.receipt_id = receipt.receipt_id)
         or exists (select from urine_list r where r.receipt_id = receipt.receipt_id)
         or exists (select from participant r where r.receipt_id = receipt.receipt_id)
         or exists (select from assessment r where r.receipt_id = receipt.receipt_id)
         or exists (select from rejected_row r where r.receipt_id = receipt.receipt_id)));

-- Loads that a reader does not see change what pages of trials show all the same.
alter table programme add trial_loads int not null default 0;
comment on column programme.trial_loads is 'Loads so far that concerned a trial.';
grant update (trial_loads) on programme to mmt_ingest;

alter table trial_look enable row level security;
-- That arms were looked at is for everybody who reads the programme.
create policy trial_look_of_programme on trial_look for select using ((select reads_programme()));
create policy trial_look_counted on trial_look to mmt_scope using (true) with check (true);
grant select on trial_look to mmt_web, mmt_analyst, mmt_ingest;
grant select, insert, update on trial_look to mmt_scope;  -- update: to lock it
grant select on trial_protocol to mmt_scope;

create function unmask(of_trial text, why text) returns timestamptz
    language sql volatile
    return mmt.uncover(of_trial, why, mmt.reader()::text);
comment on function unmask(text, text) is
    'Uncovers the arms of a trial for its caller, a reader of trials, for twelve hours, and writes down why; until when.';
revoke execute on function unmask(text, text) from public;
grant execute on function unmask(text, text) to mmt_analyst, mmt_web;

-- A roll-out: the programme brings something to its clinics one after the other, and hides nothing.
create table rollout (
    site_id         int not null,
    rollout         text not null,
    version         int not null,
    receipt_id      int not null,
    line            int not null,
    name            text not null,
    name_zh         text,
    starts_on       date,
    phase_in_months int,
    indicator       text,
    constraint rollout_pkey primary key (site_id, rollout, version),
    constraint rollout_site_known foreign key (site_id) references site (site_id),
    constraint rollout_phase_in_possible check (phase_in_months between 0 and 24)
);
comment on table rollout is 'Fact: when a clinic begins with something that the programme rolls out; every version.';
comment on column rollout.site_id is 'The clinic.';
comment on column rollout.rollout is 'The programme''s code of the roll-out.';
comment on column rollout.version is 'Place in the order of storing, from 1; the file that arrived last counts (current_rollout).';
comment on column rollout.receipt_id is 'The load that brought it.';
comment on column rollout.line is 'Its line in that file.';
comment on column rollout.name is 'Name of the roll-out in English, or in the only language known.';
comment on column rollout.name_zh is 'Name in Chinese.';
comment on column rollout.starts_on is 'Day on which it begins at the clinic; null: not planned, the clinic stands beside the others.';
comment on column rollout.phase_in_months is 'Months from then on in which it is still being learnt, left out of estimates; null: none.';
comment on column rollout.indicator is 'The monthly indicator by which it is judged, fixed beforehand.';
create index rollout_by_receipt on rollout (receipt_id);
alter table rollout enable row level security;
create policy rollout_of_readers_sites on rollout for select using (
    site_id in (select unnest((select readable_sites()))));
create policy rollout_loaded on rollout to mmt_ingest using (true) with check (true);
grant select on rollout to mmt_web, mmt_analyst, mmt_ingest;
grant insert on rollout to mmt_ingest;
