-- For analysts: what is known now of clients, doses, tests and trials. All views run with the reader's own rights, and
-- of several versions with one key the one whose file arrived last counts.

create or replace view current_episode with (security_invoker = true) as
select r.* from episode r
where not exists (
    select from episode later
    where (later.site_id, later.client_id, later.started_on) = (r.site_id, r.client_id, r.started_on)
      and later.receipt_id > r.receipt_id);
comment on view current_episode is 'Stays in treatment, as known now.';

create or replace view current_dose_sheet with (security_invoker = true) as
select s.* from dose_sheet s
where not exists (
    select from dose_sheet later
    where (later.site_id, later.client_id, later.month) = (s.site_id, s.client_id, s.month)
      and later.version = s.version + 1);
comment on view current_dose_sheet is 'Dosing sheets of clients and months, as known now: one box a day.';

create or replace view dose with (security_invoker = true) as
select s.site_id, s.client_id, s.month + (d.day - 1)::int as dosed_on, d.tenths_mg * 0.1 as dose_mg,
       coalesce(d.origin, s.receipt_id) as receipt_id, d.line
from current_dose_sheet s
cross join lateral unnest(s.tenths_mg, s.line, s.origin) with ordinality as d (tenths_mg, line, origin, day)
where d.tenths_mg is not null;
comment on view dose is 'Doses of methadone, one row a client and day, as known now, each with the file line it came from.';
comment on column dose.dosed_on is 'The day.';
comment on column dose.dose_mg is 'The dose in milligrams.';
comment on column dose.receipt_id is 'The load that brought it.';
comment on column dose.line is 'Its line in that file.';

create or replace view dose_version with (security_invoker = true) as
select distinct on (s.site_id, s.client_id, s.month, d.day, coalesce(d.origin, s.receipt_id))
       s.site_id, s.client_id, s.month + (d.day - 1)::int as dosed_on, d.tenths_mg * 0.1 as dose_mg,
       coalesce(d.origin, s.receipt_id) as receipt_id, d.line
from dose_sheet s
cross join lateral unnest(s.tenths_mg, s.line, s.origin) with ordinality as d (tenths_mg, line, origin, day)
where d.tenths_mg is not null
order by s.site_id, s.client_id, s.month, d.day, coalesce(d.origin, s.receipt_id), s.version;
comment on view dose_version is 'Every dose that was ever recorded for a client and day, with the load that brought it.';
comment on column dose_version.dosed_on is 'The day.';
comment on column dose_version.dose_mg is 'The dose in milligrams.';
comment on column dose_version.receipt_id is 'The load that brought it.';
comment on column dose_version.line is 'Its line in that file.';

create or replace view current_urine_list with (security_invoker = true) as
select u.* from urine_list u
where not exists (
    select from urine_list later
    where (later.site_id, later.month) = (u.site_id, u.month) and later.version = u.version + 1);
comment on view current_urine_list is 'Urine tests of clinics and months, as known now: lists side by side.';

create or replace function substance_name(substance smallint) returns text
    language sql immutable parallel safe
    return (array['opioid', 'methadone', 'buprenorphine', 'amphetamine', 'benzodiazepine', 'cocaine', 'other'])[substance + 1];
comment on function substance_name(smallint) is 'What a urine test looked for, by its number in urine_list.';

create or replace view urine_test with (security_invoker = true) as
select u.site_id, t.client_id, u.month + t.day - 1 as collected_on,
       substance_name(t.substance) as substance,
       (array['negative', 'positive', 'invalid', 'missed'])[t.result + 1] as result,
       (array[null, 'scheduled', 'random'])[t.schedule + 1] as schedule,
       coalesce(t.origin, u.receipt_id) as receipt_id, t.line
from current_urine_list u
cross join lateral unnest(u.client_id, u.day, u.substance, u.result, u.schedule, u.line, u.origin)
    as t (client_id, day, substance, result, schedule, line, origin);
comment on view urine_test is
    'Urine tests, one row a client, day and substance, as known now, each with the file line it came from. '
    'An invalid or missed test is never a negative one.';
comment on column urine_test.client_id is 'The client.';
comment on column urine_test.collected_on is 'The day on which it was taken, or missed.';
comment on column urine_test.substance is 'What was looked for.';
comment on column urine_test.result is 'negative, positive, invalid or missed.';
comment on column urine_test.schedule is 'scheduled or random; null where not reported.';
comment on column urine_test.receipt_id is 'The load that brought it.';
comment on column urine_test.line is 'Its line in that file.';

create or replace view current_trial_protocol with (security_invoker = true) as
select r.* from trial_protocol r
where not exists (
    select from trial_protocol later where later.trial = r.trial and later.receipt_id > r.receipt_id);
comment on view current_trial_protocol is 'Trials, as planned now.';

create or replace view current_trial_plan with (security_invoker = true) as
select r.* from trial_plan r
where not exists (
    select from trial_plan later
    where (later.trial, later.role, later.outcome) = (r.trial, r.role, r.outcome) and later.receipt_id > r.receipt_id);
comment on view current_trial_plan is 'What trials set out to measure and how they are to be judged, as planned now.';

create or replace view current_allocation with (security_invoker = true) as
select r.* from allocation r
where not exists (
    select from allocation later
    where (later.site_id, later.trial) = (r.site_id, r.trial) and later.receipt_id > r.receipt_id);
comment on view current_allocation is 'Arms of clinics, as known now. Empty until their reader has uncovered the trial: select unmask(''TRIAL'', ''reason'').';

create or replace view current_participant with (security_invoker = true) as
select r.* from participant r
where not exists (
    select from participant later
    where (later.site_id, later.trial, later.participant) = (r.site_id, r.trial, r.participant)
      and later.receipt_id > r.receipt_id);
comment on view current_participant is 'Clients and providers in trials, as known now.';

create or replace view current_assessment with (security_invoker = true) as
select r.* from assessment r
where not exists (
    select from assessment later
    where (later.site_id, later.trial, later.participant, later.visit_month, later.instrument)
        = (r.site_id, r.trial, r.participant, r.visit_month, r.instrument)
      and later.receipt_id > r.receipt_id);
comment on view current_assessment is 'What was measured at visits, as known now.';

create or replace view current_session with (security_invoker = true) as
select r.* from session r
where not exists (
    select from session later
    where (later.site_id, later.trial, later.form, later.number, later.participant)
        = (r.site_id, r.trial, r.form, r.number, r.participant)
      and later.receipt_id > r.receipt_id);
comment on view current_session is 'Sessions of the intervention, as known now.';

create or replace view current_rollout with (security_invoker = true) as
select r.* from rollout r
where not exists (
    select from rollout later
    where (later.site_id, later.rollout) = (r.site_id, r.rollout) and later.receipt_id > r.receipt_id);
comment on view current_rollout is 'When clinics begin with what the programme rolls out, as known now.';

create or replace view trial_outcome with (security_invoker = true) as
select m.trial, m.site_id, s.code as site, m.role, m.subject, m.outcome, m.visit_month, m.status, m.value, m.is_doubtful,
       k.age, k.female, c.pair, c.stratum, a.arm
from trial_measure m
join trial_subject k using (site_id, trial, role, subject)
join site s using (site_id)
left join trial_cluster c using (site_id, trial)
left join current_allocation a using (site_id, trial);
comment on view trial_outcome is
    'What was measured in trials, one row a participant, outcome and visit: a file to analyse elsewhere. For readers of trials.';
comment on column trial_outcome.site is 'Code of the clinic.';
comment on column trial_outcome.arm is 'intervention or control; null until the reader has uncovered the trial: select unmask(''TRIAL'', ''reason'').';

create or replace view current_event with (security_invoker = true) as
select r.* from event r
where not exists (select from event later where later.event = r.event and later.receipt_id > r.receipt_id);
comment on view current_event is 'What happened in the programme, as known now.';

create or replace view question with (security_invoker = true) as
select q.receipt_id, c.file_name, q.line, s.code as site, q.column_name, q.value, q.code,
       replace(replace(replace(en.text, '{column}', coalesce(q.column_name, '')), '{value}', coalesce(q.value, '')),
               '{expected}', coalesce(q.expected, '')) as sentence,
       replace(replace(replace(zh.text, '{column}', coalesce(q.column_name, '')), '{value}', coalesce(q.value, '')),
               '{expected}', coalesce(q.expected, '')) as sentence_zh, q.site_id
from row_question q
join receipt c using (receipt_id)
left join site s using (site_id)
left join wording en on en.language = 'en' and en.key = 'defect.' || q.code
left join wording zh on zh.language = 'zh' and zh.key = 'defect.' || q.code;
comment on view question is 'What is asked of accepted rows: values that are possible and rare, as they were written.';
comment on column question.site is 'Code of the clinic.';
comment on column question.sentence is 'The question, in English.';
comment on column question.sentence_zh is 'The question, in Chinese.';

grant select on current_episode, current_dose_sheet, dose, dose_version, current_urine_list, urine_test,
    current_trial_protocol, current_participant, current_assessment, current_event, question
    to mmt_analyst, mmt_ingest;
grant select on current_session to mmt_ingest;
grant select on current_trial_plan, current_rollout to mmt_analyst, mmt_ingest, mmt_web;
grant select on current_allocation to mmt_ingest, mmt_web;
-- Whose mere rows tell an arm.
revoke select on current_session, current_allocation, trial_outcome from mmt_analyst;
do $$
begin
    execute format('grant select on current_session, current_allocation, trial_outcome to %I',
        'mmt.' || current_database() || '.trials');
end
$$;
revoke select on current_episode, current_dose_sheet, dose, dose_version, current_urine_list, urine_test,
    current_participant, current_assessment, current_session, current_event, question, trial_outcome
    from mmt_web;
grant select on current_trial_protocol to mmt_web;
