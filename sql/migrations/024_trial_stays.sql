-- How long the clients of trials stayed under each rule of missed days: derived in the transaction of each load that changes their
-- stays, their trial or their place in it (sql/merge/trial_stays.sql).

create table trial_stay (
    site_id     int not null,
    trial       text not null,
    rule        text not null,
    days        int not null,
    has_dropped boolean not null,
    people      int not null,
    constraint trial_stay_pkey primary key (site_id, trial, rule, days, has_dropped),
    constraint trial_stay_site_known foreign key (site_id) references site (site_id),
    constraint trial_stay_rule_known foreign key (rule) references stay_rule (rule),
    constraint trial_stay_days_from_0 check (days >= 0),
    constraint trial_stay_people_from_1 check (people >= 1)
);
comment on table trial_stay is
    'Fact: how long clients of a trial stayed from enrolment under each rule of missed days, by the doses of the clinic''s client who '
    'has the participant''s code. Who has none about the day of enrolment is not counted. For readers of trials.';
comment on column trial_stay.site_id is 'The clinic.';
comment on column trial_stay.trial is 'The trial.';
comment on column trial_stay.rule is 'The rule (stay_rule); those of missed days, for what teams and registers report is in trial_subject.';
comment on column trial_stay.days is
    'Days from enrolment to the last dose of the stay that was under way then or began within the rule''s days; at most to the end of '
    'the trial, or to the last day for which the clinic''s records tell who stays (record_span).';
comment on column trial_stay.has_dropped is
    'Whether the stay then ended in dropout; stays that end for another reason, or go on, end the time without one.';
comment on column trial_stay.people is 'How many.';

-- Outcomes that the intervention moves: for readers of trials alone, as trial_subject.
alter table trial_stay enable row level security;
create policy trial_stay_loaded on trial_stay to mmt_ingest using (true) with check (true);
create policy trial_stay_of_trial_readers on trial_stay for select using (
    (select reads_trials()) and site_id in (select unnest((select readable_sites()))));
grant select on trial_stay to mmt_web;
grant select, insert, update, delete on trial_stay to mmt_ingest;
do $$
begin
    execute format('grant select on trial_stay to %I', 'mmt.' || current_database() || '.trials');
end
$$;
