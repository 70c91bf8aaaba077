-- What tests and assessments say, and how many providers there are: counts by month that pages are made from, derived in the
-- transaction that loads them (sql/merge/test_counts.sql, assessment_counts.sql, provider_counts.sql).

create table test_count (
    site_id             int not null,
    month               date not null,
    months              int not null,
    clients             int not null,
    clients_positive    int not null,
    tests               int not null,
    positive            int not null,
    invalid             int not null,
    missed              int not null,
    tests_squared       bigint not null,
    positive_squared    bigint not null,
    tests_times_positive bigint not null,
    shares              bigint not null,
    shares_squared      bigint not null,
    clients_due         int not null,
    due_squared         bigint not null,
    at_worst_squared    bigint not null,
    due_times_at_worst  bigint not null,
    clients_followed    int not null,
    clients_relapsed    int not null,
    constraint test_count_pkey primary key (site_id, month, months),
    constraint test_count_site_known foreign key (site_id) references site (site_id),
    constraint test_count_month_known foreign key (month) references reporting_month (month),
    constraint test_count_window_known check (months in (1, 12))
);
comment on table test_count is
    'Fact: urine tests for opioids of a clinic in a window of months: sums over clients, from which a proportion follows with '
    'the client as the cluster. Due are all tests; done are those that were negative or positive.';
comment on column test_count.site_id is 'The clinic.';
comment on column test_count.month is 'The month, or the last of the window.';
comment on column test_count.months is 'Length of the window: 1 or 12 months.';
comment on column test_count.clients is 'Clients with a test done.';
comment on column test_count.clients_positive is 'Of those: with a positive one.';
comment on column test_count.tests is 'Tests done.';
comment on column test_count.positive is 'Of those: positive.';
comment on column test_count.invalid is 'Tests whose result is not valid.';
comment on column test_count.missed is 'Tests that were due and were not taken.';
comment on column test_count.tests_squared is 'Each client''s tests done squared, added.';
comment on column test_count.positive_squared is 'Each client''s positive ones squared, added.';
comment on column test_count.tests_times_positive is 'Each client''s tests done times positive ones, added.';
comment on column test_count.shares is 'Each client''s share of positive ones in millionths, rounded, added.';
comment on column test_count.shares_squared is 'The same squared, in millionths of millionths.';
comment on column test_count.clients_due is 'Clients with a test due: done, invalid or missed.';
comment on column test_count.due_squared is 'Each client''s tests due squared, added.';
comment on column test_count.at_worst_squared is 'Each client''s tests that are not negative (positive, invalid, missed) squared, added.';
comment on column test_count.due_times_at_worst is 'The product of the two, added.';
comment on column test_count.clients_followed is 'Clients with a test done in two months in a row.';
comment on column test_count.clients_relapsed is 'Of those: with two positive months in a row; a third in a row is no new relapse.';

create table behaviour (
    instrument text not null,
    higher_is  text not null,
    place      int not null,
    constraint behaviour_pkey primary key (instrument),
    constraint behaviour_higher_is_known check (higher_is in ('better', 'worse'))
);
comment on table behaviour is 'Reference: what clients are asked at intake and again later; yes is a value above 0.';
comment on column behaviour.instrument is 'As in assessment.instrument.';
comment on column behaviour.higher_is is 'Whether more who say yes is better or worse.';
comment on column behaviour.place is 'Order on pages.';
insert into behaviour (instrument, higher_is, place) values
    ('heroin_use', 'worse', 1), ('injecting', 'worse', 2), ('sharing', 'worse', 3), ('offending', 'worse', 4),
    ('employment', 'better', 5);

create table behaviour_count (
    site_id          int not null,
    instrument       text not null,
    visit_month      int not null,
    month            date not null,
    asked            int not null,
    due              int not null,
    followed         int not null,
    yes_before       int not null,
    yes_after        int not null,
    yes_both         int not null,
    lost_yes_before  int not null,
    constraint behaviour_count_pkey primary key (site_id, instrument, visit_month, month),
    constraint behaviour_count_site_known foreign key (site_id) references site (site_id),
    constraint behaviour_count_instrument_known foreign key (instrument) references behaviour (instrument),
    constraint behaviour_count_month_known foreign key (month) references reporting_month (month),
    constraint behaviour_count_paired check (yes_both <= yes_before and yes_before <= followed and followed <= due and due <= asked)
);
comment on table behaviour_count is
    'Fact: what clients said at intake and at a later visit of the programme''s own (not of a trial), the same people at both, '
    'by the month of their intake.';
comment on column behaviour_count.site_id is 'The clinic.';
comment on column behaviour_count.instrument is 'What was asked.';
comment on column behaviour_count.visit_month is 'Months from intake to the later visit.';
comment on column behaviour_count.month is 'Month of intake.';
comment on column behaviour_count.asked is 'Clients who answered at intake.';
comment on column behaviour_count.due is 'Of those: the later visit was due by the clinic''s newest assessment, or has been.';
comment on column behaviour_count.followed is 'Of those due: answered again.';
comment on column behaviour_count.yes_before is 'Of those followed: yes at intake.';
comment on column behaviour_count.yes_after is 'Of those followed: yes at the later visit.';
comment on column behaviour_count.yes_both is 'Of those followed: yes at both.';
comment on column behaviour_count.lost_yes_before is 'Of those due and not followed: yes at intake.';

create table score_count (
    site_id      int not null,
    role         text not null,
    instrument   text not null,
    month        date not null,
    people       int not null,
    score_sum    numeric not null,
    score_square numeric not null,
    constraint score_count_pkey primary key (site_id, role, instrument, month),
    constraint score_count_site_known foreign key (site_id) references site (site_id),
    constraint score_count_role_known check (role in ('client', 'provider')),
    constraint score_count_month_known foreign key (month) references reporting_month (month),
    constraint score_count_people_from_1 check (people >= 1)
);
comment on table score_count is
    'Fact: scores of the programme''s own assessments by month, but for what stands in behaviour, which is counted there; not those '
    'of trials, by which clinics could be told apart by arm.';
comment on column score_count.site_id is 'The clinic.';
comment on column score_count.role is 'client or provider.';
comment on column score_count.instrument is 'What was measured.';
comment on column score_count.month is 'Month of the assessment.';
comment on column score_count.people is 'How many were assessed; of one assessed twice in the month the later counts.';
comment on column score_count.score_sum is 'Their scores, added.';
comment on column score_count.score_square is 'Their scores squared, added.';

create table provider_count (
    site_id   int not null,
    month     date not null,
    providers int not null,
    constraint provider_count_pkey primary key (site_id, month),
    constraint provider_count_site_known foreign key (site_id) references site (site_id),
    constraint provider_count_month_known foreign key (month) references reporting_month (month),
    constraint provider_count_counted check (providers >= 0)
);
comment on table provider_count is
    'Fact: providers of a clinic, from its register of them (participants without a trial): one row for each month at whose end '
    'there are more or fewer than before; it holds until the next one.';
comment on column provider_count.site_id is 'The clinic.';
comment on column provider_count.month is 'First day of the month.';
comment on column provider_count.providers is 'Providers on its last day, and until the next change.';

do $$
declare
    scoped text;
begin
    foreach scoped in array array['test_count', 'behaviour_count', 'score_count', 'provider_count']
    loop
        execute format('alter table %I enable row level security', scoped);
        execute format(
            'create policy %I on %I for select using (site_id in (select unnest((select readable_sites()))))',
            scoped || '_of_readers_sites', scoped);
        execute format('create policy %I on %I to mmt_ingest using (true) with check (true)',
            scoped || '_loaded', scoped);
        execute format('grant select on %I to mmt_analyst', scoped);
        execute format('grant select, insert, update, delete on %I to mmt_ingest', scoped);
    end loop;
end
$$;
grant select on behaviour to mmt_web, mmt_analyst, mmt_ingest;
grant select on test_count, behaviour_count, score_count, provider_count to mmt_web;
