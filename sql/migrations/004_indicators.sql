-- What the numbers mean. A definition is data with a version: its numerator and denominator are sums of the fields
-- of the monthly report, folded over a window of months. Counts are kept by site and month as they follow from it.

create table indicator_definition (
    indicator     text not null,
    version       int not null,
    in_force_from date not null,
    kind          text not null,
    per           numeric not null,
    window_months int not null default 1,
    higher_is     text not null,
    counts_people boolean not null,
    place         int not null,
    source        text not null,
    constraint indicator_definition_pkey primary key (indicator, version),
    constraint indicator_kind_known check (kind in ('count', 'proportion', 'rate', 'mean')),
    constraint indicator_higher_is_known check (higher_is in ('better', 'worse', 'neutral')),
    constraint indicator_window_in_years check (window_months between 1 and 24),
    constraint indicator_version_from_1 check (version >= 1)
);
comment on table indicator_definition is
    'Reference: the versions of each indicator''s definition. Its words are in wording under indicator.<indicator>.';
comment on column indicator_definition.indicator is 'Short name of the indicator.';
comment on column indicator_definition.version is 'Version of the definition; the newest one in force is shown.';
comment on column indicator_definition.in_force_from is 'Day from which this version is in force.';
comment on column indicator_definition.kind is
    'count: a full count; proportion: part of a whole; rate: events over time at risk; mean: amount over units.';
comment on column indicator_definition.per is 'The figure is numerator / denominator times this: 100 for a percentage.';
comment on column indicator_definition.window_months is 'Months that one figure covers, ending with the month named.';
comment on column indicator_definition.higher_is is 'Whether a higher figure is better, worse or neither.';
comment on column indicator_definition.counts_people is
    'Whether the denominator is a number of people: then so few of them hide the figure.';
comment on column indicator_definition.place is 'Order on pages.';
comment on column indicator_definition.source is 'Where the definition comes from.';

create table indicator_term (
    indicator text not null,
    version   int not null,
    part      text not null,
    field     text not null,
    fold      text not null default 'sum',
    weight    numeric not null default 1,
    constraint indicator_term_pkey primary key (indicator, version, part, field),
    constraint indicator_term_definition_known foreign key (indicator, version)
        references indicator_definition (indicator, version),
    constraint indicator_term_part_known check (part in ('numerator', 'denominator')),
    constraint indicator_term_fold_known check (fold in ('sum', 'first', 'last'))
);
comment on table indicator_term is
    'Reference: a numerator or denominator is the sum of its terms: weight times the field of the monthly report, '
    'folded over the window (sum of its months, its first month, its last month).';
comment on column indicator_term.indicator is 'The indicator.';
comment on column indicator_term.version is 'The version of its definition.';
comment on column indicator_term.part is 'numerator or denominator.';
comment on column indicator_term.field is 'Column of monthly_report.';
comment on column indicator_term.fold is 'Which months of the window count: sum of all, first, last.';
comment on column indicator_term.weight is 'Factor of the field.';

create table indicator_count (
    site_id     int not null,
    indicator   text not null,
    version     int not null,
    month       date not null,
    numerator   numeric,
    denominator numeric,
    people      numeric,
    constraint indicator_count_pkey primary key (site_id, indicator, version, month),
    constraint indicator_count_site_known foreign key (site_id) references site (site_id),
    constraint indicator_count_month_known foreign key (month) references reporting_month (month),
    constraint indicator_count_definition_known foreign key (indicator, version)
        references indicator_definition (indicator, version)
);
comment on table indicator_count is
    'Fact: numerator and denominator of each indicator by site and month, derived from current_report in the '
    'transaction that loads a report (sql/merge/indicator_counts.sql). No row: no report on that month.';
comment on column indicator_count.site_id is 'The clinic.';
comment on column indicator_count.indicator is 'The indicator.';
comment on column indicator_count.version is 'The version of its definition.';
comment on column indicator_count.month is 'The month, or the last month of the window.';
comment on column indicator_count.numerator is 'The numerator; null where a field it needs was not reported.';
comment on column indicator_count.denominator is 'The denominator, in the same way; 1 for a count.';
comment on column indicator_count.people is 'Clients behind the figure, for the small-number rule; null where unknown.';
create index indicator_count_by_month on indicator_count (indicator, version, month);

create table wording (
    language text not null,
    key      text not null,
    text     text not null,
    constraint wording_pkey primary key (language, key),
    constraint wording_language_known check (language in ('en', 'zh'))
);
comment on table wording is
    'Reference: the words of the language catalogues (web/words), copied here at each migration so that psql speaks '
    'as the pages do.';
comment on column wording.language is 'en or zh.';
comment on column wording.key is 'Key of the text: defect.<code>, flag.<code>, indicator.<indicator>.name, …';
comment on column wording.text is 'The text, with {names} for what is filled in.';

insert into indicator_definition
    (place, indicator, version, in_force_from, kind, per, window_months, higher_is, counts_people, source) values
    ( 1, 'caseload',            1, '2000-01-01', 'count',        1,  1, 'neutral', false, 'National MMT monthly report'),
    ( 2, 'admissions',          1, '2000-01-01', 'count',        1,  1, 'neutral', false, 'National MMT monthly report'),
    ( 3, 'exits',               1, '2000-01-01', 'count',        1,  1, 'neutral', false, 'National MMT monthly report'),
    ( 4, 'cohort_retention_3',  1, '2000-01-01', 'proportion', 100,  1, 'better', true,   'After WHO 2022, indicator PRV.13, at 3 months'),
    ( 5, 'cohort_retention_6',  1, '2000-01-01', 'proportion', 100,  1, 'better', true,   'After WHO 2022, indicator PRV.13'),
    ( 6, 'cohort_retention_12', 1, '2000-01-01', 'proportion', 100,  1, 'better', true,   'After WHO 2022, indicator PRV.13, at 12 months'),
    ( 7, 'pool_retention',      1, '2000-01-01', 'proportion', 100, 12, 'better', true,   'National annual retention (Bull World Health Organ 2013;91:130–135)'),
    ( 8, 'dropout_rate',        1, '2000-01-01', 'rate',       100,  1, 'worse', false,   'Person-time as in WHO 2022, indicator PRV.12, from monthly stocks'),
    ( 9, 'positivity_clients',  1, '2000-01-01', 'proportion', 100,  1, 'worse', true,    'National concurrent use: clients positive / clients tested'),
    (10, 'positivity_tests',    1, '2000-01-01', 'proportion', 100,  1, 'worse', false,   'Tests positive / tests done'),
    (11, 'testing_coverage',    1, '2000-01-01', 'proportion', 100,  1, 'better', false,  'Tests done / tests scheduled'),
    (12, 'dose_adequacy',       1, '2000-01-01', 'proportion', 100,  1, 'better', true,   'WHO 2022, indicator PRV.14'),
    (13, 'mean_dose',           1, '2000-01-01', 'mean',         1,  1, 'neutral', false, 'Milligrams dispensed / client-days dosed');

insert into indicator_term (indicator, version, part, field, fold, weight) values
    ('caseload',            1, 'numerator',   'closing',           'last', 1),
    ('admissions',          1, 'numerator',   'new',               'sum', 1),
    ('admissions',          1, 'numerator',   'readmitted',        'sum', 1),
    ('admissions',          1, 'numerator',   'transferred_in',    'sum', 1),
    ('exits',               1, 'numerator',   'exit_dropout',      'sum', 1),
    ('exits',               1, 'numerator',   'exit_transferred',  'sum', 1),
    ('exits',               1, 'numerator',   'exit_completed',    'sum', 1),
    ('exits',               1, 'numerator',   'exit_disciplinary', 'sum', 1),
    ('exits',               1, 'numerator',   'exit_detained',     'sum', 1),
    ('exits',               1, 'numerator',   'exit_hospital',     'sum', 1),
    ('exits',               1, 'numerator',   'exit_moved',        'sum', 1),
    ('exits',               1, 'numerator',   'exit_died',         'sum', 1),
    ('exits',               1, 'numerator',   'exit_other',        'sum', 1),
    ('cohort_retention_3',  1, 'numerator',   'cohort3_in',        'sum', 1),
    ('cohort_retention_3',  1, 'denominator', 'cohort3_entered',   'sum', 1),
    ('cohort_retention_6',  1, 'numerator',   'cohort6_in',        'sum', 1),
    ('cohort_retention_6',  1, 'denominator', 'cohort6_entered',   'sum', 1),
    ('cohort_retention_12', 1, 'numerator',   'cohort12_in',       'sum', 1),
    ('cohort_retention_12', 1, 'denominator', 'cohort12_entered',  'sum', 1),
    ('pool_retention',      1, 'numerator',   'closing',           'last', 1),
    ('pool_retention',      1, 'denominator', 'opening',           'first', 1),
    ('pool_retention',      1, 'denominator', 'new',               'sum', 1),
    ('pool_retention',      1, 'denominator', 'readmitted',        'sum', 1),
    ('pool_retention',      1, 'denominator', 'transferred_in',    'sum', 1),
    ('dropout_rate',        1, 'numerator',   'exit_dropout',      'sum', 1),
    ('dropout_rate',        1, 'denominator', 'opening',           'sum', 0.5),
    ('dropout_rate',        1, 'denominator', 'closing',           'sum', 0.5),
    ('positivity_clients',  1, 'numerator',   'clients_positive',  'sum', 1),
    ('positivity_clients',  1, 'denominator', 'clients_tested',    'sum', 1),
    ('positivity_tests',    1, 'numerator',   'tests_positive',    'sum', 1),
    ('positivity_tests',    1, 'denominator', 'tests_done',        'sum', 1),
    ('testing_coverage',    1, 'numerator',   'tests_done',        'sum', 1),
    ('testing_coverage',    1, 'denominator', 'tests_scheduled',   'sum', 1),
    ('dose_adequacy',       1, 'numerator',   'on_60mg',           'sum', 1),
    ('dose_adequacy',       1, 'denominator', 'on_maintenance',    'sum', 1),
    ('mean_dose',           1, 'numerator',   'methadone_mg',      'sum', 1),
    ('mean_dose',           1, 'denominator', 'client_days',       'sum', 1);
