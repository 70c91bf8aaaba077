-- Trials that can be analysed: the plan fixed beforehand, and what was not asked of participants and protocols yet.

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
