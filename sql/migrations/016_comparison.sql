-- What clinics are compared with beside one another: the programme's targets, and which clinics are of like size.

create table target (
    indicator          text not null,
    version            int not null,
    definition_version int not null,
    value              numeric,
    in_force_from      date not null,
    source             text not null,
    constraint target_pkey primary key (indicator, version),
    constraint target_definition_known foreign key (indicator, definition_version)
        references indicator_definition (indicator, version),
    constraint target_version_from_1 check (version >= 1),
    constraint target_not_negative check (value >= 0),
    constraint target_source_named check (source ~ '\S')
);
comment on table target is
    'Reference: what the programme means to reach, by indicator. A target is never changed: another one is another version. '
    'The newest one in force on the first day of a month is shown with that month; none: pages say that none has been set.';
comment on column target.indicator is 'The indicator.';
comment on column target.version is 'Version of the target, from 1.';
comment on column target.definition_version is
    'The version of the indicator''s definition that it was set for; under another definition it is not shown.';
comment on column target.value is 'In the unit of the indicator''s figure, such as per cent; null takes the target back.';
comment on column target.in_force_from is 'Day from which it is in force.';
comment on column target.source is 'Who set it, and where it is written.';

create table peer_definition (
    version       int not null,
    in_force_from date not null,
    groups        int not null,
    source        text not null,
    constraint peer_definition_pkey primary key (version),
    constraint peer_definition_version_from_1 check (version >= 1),
    constraint peer_definition_groups_possible check (groups between 2 and 10)
);
comment on table peer_definition is
    'Reference: the versions of who a clinic''s peers are: clinics in the same group by people in treatment in the month, where '
    'all clinics with a figure are put into so many groups as equal as may be; clinics of one size are in one group.';
comment on column peer_definition.version is 'The newest one in force is used.';
comment on column peer_definition.in_force_from is 'Day from which this version is in force.';
comment on column peer_definition.groups is 'How many groups: 3 for thirds.';
comment on column peer_definition.source is 'Where it comes from.';
insert into peer_definition (version, in_force_from, groups, source) values
    (1, '2000-01-01', 3, 'Thirds by people in treatment; our choice, to be replaced by the programme''s own');

grant select on target, peer_definition to mmt_web, mmt_analyst, mmt_ingest;
grant insert on target to mmt_ingest;
