-- How long clients stay: stays under each dropout rule, and the counts that pages are made from. All of it is derived from
-- episodes and doses in the transaction that loads them (sql/merge/stays.sql and after); persons stand in the table stay alone.

create table exit_reason (
    reason       text not null,
    is_unplanned boolean not null,
    place        int not null,
    constraint exit_reason_pkey primary key (reason)
);
comment on table exit_reason is 'Reference: why a stay ends.';
comment on column exit_reason.reason is 'As in episode.exit_reason.';
comment on column exit_reason.is_unplanned is
    'Whether it counts against retention: a client handed over to another clinic, or done as planned, has not been lost.';
comment on column exit_reason.place is 'Order on pages.';
insert into exit_reason (reason, is_unplanned, place) values
    ('dropout', true, 1), ('transferred', false, 2), ('completed', false, 3), ('disciplinary', true, 4),
    ('detained', true, 5), ('hospital', true, 6), ('moved', true, 7), ('died', true, 8), ('other', true, 9);

create table stay_rule (
    rule        text not null,
    missed_days int,
    place       int not null,
    source      text not null,
    constraint stay_rule_pkey primary key (rule),
    constraint stay_rule_form check (rule = coalesce('missed_' || missed_days, 'reported')),
    constraint stay_rule_missed_days_possible check (missed_days between 1 and 366)
);
comment on table stay_rule is
    'Reference: what ends a stay. A rule is never changed, for its name says what it is; another one is another row, and the '
    'stays under it are worked out when the program next starts.';
comment on column stay_rule.rule is 'reported: the episodes that clinics report; missed_<days>: their doses.';
comment on column stay_rule.missed_days is
    'So many days in a row without a dose end a stay, which ended with its last dose; fewer continue it. Null for reported.';
comment on column stay_rule.place is 'Order on pages.';
comment on column stay_rule.source is 'Who uses it.';
insert into stay_rule (rule, missed_days, place, source) values
    ('reported',  null, 1, 'The clinic''s own record of episodes'),
    ('missed_7',  7,    2, 'Shanghai, Kunming'),
    ('missed_14', 14,   3, 'Guangdong; CTN-0027'),
    ('missed_30', 30,   4, 'No dose in a month, as in the Indian monthly form');

create table retention_definition (
    version        int not null,
    in_force_from  date not null,
    rule           text not null,
    follows        text not null,
    window_months  int not null,
    fewest_at_risk int not null,
    source         text not null,
    constraint retention_definition_pkey primary key (version),
    constraint retention_rule_known foreign key (rule) references stay_rule (rule),
    constraint retention_version_from_1 check (version >= 1),
    constraint retention_follows_known check (follows in ('entrants', 'everybody')),
    constraint retention_window_in_years check (window_months between 1 and 120),
    constraint retention_fewest_from_1 check (fewest_at_risk >= 1)
);
comment on table retention_definition is 'Reference: the versions of how retention is estimated from clients'' stays.';
comment on column retention_definition.version is 'The newest one in force is used.';
comment on column retention_definition.in_force_from is 'Day from which this version is in force.';
comment on column retention_definition.rule is 'The rule that pages open with.';
comment on column retention_definition.follows is
    'entrants: stays that began in the window are followed; everybody: all stays, those that began before it from its first day '
    'on (delayed entry).';
comment on column retention_definition.window_months is 'The window ends with the month shown, and is so long.';
comment on column retention_definition.fewest_at_risk is 'A curve is shown while at least so many clients are at risk.';
comment on column retention_definition.source is 'Where it comes from.';
insert into retention_definition (version, in_force_from, rule, follows, window_months, fewest_at_risk, source) values
    (1, '2000-01-01', 'reported', 'entrants', 24, 10, 'Kaplan and Meier 1958, with delayed entry; after WHO 2022, indicator PRV.13');

create table stay (
    site_id     int not null,
    rule        text not null,
    client_id   int not null,
    started_on  date not null,
    entered_on  date,
    ended_on    date,
    exit_reason text,
    constraint stay_pkey primary key (site_id, rule, client_id, started_on),
    constraint stay_client_known foreign key (site_id, client_id) references client (site_id, client_id),
    constraint stay_rule_known foreign key (rule) references stay_rule (rule),
    constraint stay_exit_reason_known foreign key (exit_reason) references exit_reason (reason),
    constraint stay_order check (ended_on >= started_on and started_on >= entered_on)
);
comment on table stay is
    'Fact: a client''s stays in treatment under each rule, derived from episodes and doses. Under a rule of missed days the '
    'last stay ends with the last dose known, and is over only once the records go on for those days without the client (stay_count).';
comment on column stay.site_id is 'The clinic.';
comment on column stay.rule is 'The rule.';
comment on column stay.client_id is 'The client.';
comment on column stay.started_on is
    'First day of the episode, or of the first dose. Reported episodes that overlap are one stay: nobody is in treatment twice.';
comment on column stay.entered_on is
    'Under a rule of missed days: first day of the reported episode that was under way at the first dose, if the client has '
    'not left since it began; null: none was.';
comment on column stay.ended_on is 'Last day; null while a reported episode goes on.';
comment on column stay.exit_reason is
    'Why, as the clinic reports it; other where it gives no reason. Under a rule of missed days that of the newest episode begun '
    'by then, if it ended within so many days of the last dose; null: it did not, so the client dropped out.';

create table record_span (
    site_id         int not null,
    rule            text not null,
    first_day       date not null,
    last_day        date not null,
    unknown_origins int not null,
    constraint record_span_pkey primary key (site_id, rule),
    constraint record_span_site_known foreign key (site_id) references site (site_id),
    constraint record_span_rule_known foreign key (rule) references stay_rule (rule),
    constraint record_span_unknown_origins_counted check (unknown_origins >= 0)
);
comment on table record_span is 'Fact: the days for which a clinic''s records tell who is in treatment under a rule.';
comment on column record_span.site_id is 'The clinic.';
comment on column record_span.rule is 'The rule.';
comment on column record_span.first_day is 'First day of a stay.';
comment on column record_span.last_day is
    'Last day for which it is known whether a client stays: that of the newest entry or exit, or as many days before the newest '
    'dose as the rule waits.';
comment on column record_span.unknown_origins is
    'Stays that were under way when the records began, and whose first day nobody told: in treatment, but on no curve.';

create table stay_count (
    site_id       int not null,
    rule          text not null,
    started_on    date not null,
    observed_from date not null,
    ended_on      date not null,
    exit_reason   text not null,
    clients       int not null,
    constraint stay_count_pkey primary key (site_id, rule, started_on, observed_from, ended_on, exit_reason),
    constraint stay_count_site_known foreign key (site_id) references site (site_id),
    constraint stay_count_rule_known foreign key (rule) references stay_rule (rule),
    constraint stay_count_order check (ended_on >= observed_from and observed_from >= started_on),
    constraint stay_count_goes_on check ((exit_reason = 'none') = (ended_on = 'infinity')),
    constraint stay_count_clients_from_1 check (clients >= 1)
);
comment on table stay_count is
    'Fact: how many clients of a clinic stayed from one day to another under a rule, without their names. From it the curves of '
    'retention of any window follow.';
comment on column stay_count.site_id is 'The clinic.';
comment on column stay_count.rule is 'The rule.';
comment on column stay_count.started_on is 'First day of treatment.';
comment on column stay_count.observed_from is 'First day of the records: later than started_on where those begin in the midst of a stay.';
comment on column stay_count.ended_on is 'Last day of treatment; infinity while it goes on.';
comment on column stay_count.exit_reason is 'Why it ended (exit_reason); none while it goes on.';
comment on column stay_count.clients is 'How many.';

create table treatment_month (
    site_id            int not null,
    rule               text not null,
    month              date not null,
    clients            int not null,
    days               int not null,
    entries            int not null,
    exits              int not null,
    dropouts           int not null,
    doses              int,
    clients_in_year    int not null,
    days_in_year       bigint not null,
    dropouts_in_year   int not null,
    dropouts_squared   bigint not null,
    dropouts_times_days bigint not null,
    days_squared       bigint not null,
    constraint treatment_month_pkey primary key (site_id, rule, month),
    constraint treatment_month_site_known foreign key (site_id) references site (site_id),
    constraint treatment_month_rule_known foreign key (rule) references stay_rule (rule),
    constraint treatment_month_month_known foreign key (month) references reporting_month (month)
);
comment on table treatment_month is
    'Fact: time in treatment and exits by month under a rule, and over the year that ends with the month: its sums over clients, '
    'from which a rate follows with the client as the cluster. Months that the records cover only in part are not there.';
comment on column treatment_month.site_id is 'The clinic.';
comment on column treatment_month.rule is 'The rule.';
comment on column treatment_month.month is 'First day of the month.';
comment on column treatment_month.clients is 'Clients in treatment on at least one day.';
comment on column treatment_month.days is 'Days in treatment, added over clients.';
comment on column treatment_month.entries is 'Stays that began.';
comment on column treatment_month.exits is 'Stays that ended, for whatever reason.';
comment on column treatment_month.dropouts is 'Of those: dropped out.';
comment on column treatment_month.doses is
    'Doses of the month, at most one a client and day; null where none is reported, and under the rule reported, whose stays need no '
    'doses.';
comment on column treatment_month.clients_in_year is
    'Clients in treatment on at least one day of the twelve months that end with this one; of a clinic''s first eleven months, of '
    'those that its records cover.';
comment on column treatment_month.days_in_year is 'Their days in treatment in those months.';
comment on column treatment_month.dropouts_in_year is 'Their dropouts.';
comment on column treatment_month.dropouts_squared is 'Each client''s dropouts squared, added.';
comment on column treatment_month.dropouts_times_days is 'Each client''s dropouts times days, added.';
comment on column treatment_month.days_squared is 'Each client''s days squared, added.';

create table entry_cohort (
    site_id          int not null,
    rule             text not null,
    month            date not null,
    clients          int not null,
    uninterrupted    int[] not null,
    in_treatment     int[] not null,
    transferred      int[] not null,
    died             int[] not null,
    dropouts         int[] not null,
    dropouts_squared int[] not null,
    constraint entry_cohort_pkey primary key (site_id, rule, month),
    constraint entry_cohort_site_known foreign key (site_id) references site (site_id),
    constraint entry_cohort_rule_known foreign key (rule) references stay_rule (rule),
    constraint entry_cohort_month_known foreign key (month) references reporting_month (month),
    constraint entry_cohort_clients_from_1 check (clients >= 1)
);
comment on table entry_cohort is
    'Fact: what became of the clients who entered a clinic for the first time in a month. In the lists [6] is six months after '
    'each client''s own first day (183 days; n months are n × 30.4375 days, rounded); they go as far as the whole cohort has been '
    'followed, 24 months at most. Cohorts add up over months and clinics.';
comment on column entry_cohort.site_id is 'The clinic.';
comment on column entry_cohort.rule is 'The rule.';
comment on column entry_cohort.month is 'Month of the first day.';
comment on column entry_cohort.clients is 'How many entered.';
comment on column entry_cohort.uninterrupted is 'Of those: still in their first stay.';
comment on column entry_cohort.in_treatment is 'Of those: in treatment, in their first stay or back from a dropout.';
comment on column entry_cohort.transferred is 'Of those: not in treatment, and last handed over to another clinic.';
comment on column entry_cohort.died is 'Of those: not in treatment, and last reported as dead.';
comment on column entry_cohort.dropouts is 'Their dropouts until then.';
comment on column entry_cohort.dropouts_squared is 'Each client''s dropouts squared, added.';

do $$
declare
    scoped text;
begin
    foreach scoped in array array['stay', 'record_span', 'stay_count', 'treatment_month', 'entry_cohort']
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
grant select on exit_reason, stay_rule, retention_definition to mmt_web, mmt_analyst, mmt_ingest;
-- The daemon reads counts, and no person's stay.
grant select on record_span, stay_count, treatment_month, entry_cohort to mmt_web;
