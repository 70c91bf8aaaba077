-- What the daemon may read of trials.

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

-- Loads that a reader does not see change what pages of trials show all the same.
alter table programme add trial_loads int not null default 0;
comment on column programme.trial_loads is 'Loads so far that concerned a trial.';
grant update (trial_loads) on programme to mmt_ingest;
