-- Where and when: regions, sites, their other codes, the times they were open, and the months they report on.
-- Reference tables are small and copied to every machine; fact tables lead with site_id (see ARCHITECTURE.md).

create table programme (
    only_row  boolean not null default true,
    time_zone text not null,
    constraint programme_pkey primary key (only_row),
    constraint programme_one_row check (only_row)
);
comment on table programme is 'Reference: what holds for the whole programme; one row.';
comment on column programme.only_row is 'Always true: there is one programme.';
comment on column programme.time_zone is 'Deadlines fall and times are shown in this zone (set by MMT_TIMEZONE).';
insert into programme (time_zone) values ('Asia/Shanghai');

create function programme_time(moment timestamptz) returns timestamp
    language sql stable
    return moment at time zone (select time_zone from programme);
comment on function programme_time(timestamptz) is 'The clock on the wall of the programme at a moment.';

create table region (
    region_id        int generated always as identity,
    code             text not null,
    name             text not null,
    name_zh          text,
    parent_region_id int,
    constraint region_pkey primary key (region_id),
    constraint region_code_unique unique (code),
    constraint region_code_form check (code ~ '^[A-Za-z0-9._-]{1,20}$'),
    constraint region_parent_known foreign key (parent_region_id) references region (region_id)
);
comment on table region is 'Reference: a province or city.';
comment on column region.region_id is 'Number used inside the database; scope roles carry it.';
comment on column region.code is 'The programme''s code of the region, used in addresses and files.';
comment on column region.name is 'Name in English, or in the only language known.';
comment on column region.name_zh is 'Name in Chinese; null where none was given.';
comment on column region.parent_region_id is 'The region that this one lies in; null at the top.';

create table site (
    site_id     int generated always as identity,
    code        text not null,
    name        text not null,
    name_zh     text,
    region_id   int not null,
    affiliation text,
    provenance  text not null default 'reported',
    constraint site_pkey primary key (site_id),
    constraint site_code_unique unique (code),
    constraint site_code_form check (code ~ '^[A-Za-z0-9._-]{1,20}$'),
    constraint site_region_known foreign key (region_id) references region (region_id),
    constraint site_provenance_known check (provenance in ('reported', 'simulated', 'synthetic_calendar'))
);
-- Codes that differ in case alone would be told apart by nobody.
create unique index site_code_in_any_case on site (upper(code));
comment on table site is 'Reference: a clinic of the programme, from the site registry.';
comment on column site.site_id is 'Number used inside the database; first in the key of every fact table.';
comment on column site.code is 'The programme''s code of the clinic, used in addresses and files.';
comment on column site.name is 'Name in English, or in the only language known.';
comment on column site.name_zh is 'Name in Chinese; null where none was given.';
comment on column site.region_id is 'The region that the clinic lies in.';
comment on column site.affiliation is 'Who runs the clinic (hospital, centre for disease control, …), as the registry says.';
comment on column site.provenance is
    'reported = real reports; simulated = sample data; synthetic_calendar = real counts with an invented calendar. '
    'Every page and export that shows the site says so.';

create table site_alias (
    alias   text not null,
    site_id int not null,
    constraint site_alias_pkey primary key (alias),
    constraint site_alias_site_known foreign key (site_id) references site (site_id)
);
comment on table site_alias is 'Reference: another code under which a clinic''s reports may arrive.';
comment on column site_alias.alias is 'The other code, as it stands in files.';
comment on column site_alias.site_id is 'The clinic that it means.';

create table site_interval (
    site_id   int not null,
    starts_on date not null,
    ends_on   date,
    status    text not null,
    constraint site_interval_pkey primary key (site_id, starts_on),
    constraint site_interval_site_known foreign key (site_id) references site (site_id),
    constraint site_interval_status_known check (status in ('open', 'suspended', 'closed')),
    constraint site_interval_order check (ends_on >= starts_on)
);
comment on table site_interval is
    'Fact: the calendar of a clinic, as many intervals as it needs. A report is expected for a month in which the '
    'clinic is open on at least one day; a clinic without any interval is taken to be open always.';
comment on column site_interval.site_id is 'The clinic.';
comment on column site_interval.starts_on is 'First day of the interval.';
comment on column site_interval.ends_on is 'Last day of the interval; null while it goes on.';
comment on column site_interval.status is 'open, suspended (for a time) or closed.';

create table reporting_month (
    month  date not null,
    due_on date not null,
    constraint reporting_month_pkey primary key (month),
    constraint reporting_month_first_day check (extract(day from month) = 1),
    constraint reporting_month_due_after_end check (due_on >= month + interval '1 month')
);
comment on table reporting_month is
    'Reference: the months that can be reported on. The deadline is data: change due_on for a month with a long holiday.';
comment on column reporting_month.month is 'First day of the month.';
comment on column reporting_month.due_on is 'Last day on which a report still arrives in time (the 10th of the next month unless changed).';

insert into reporting_month (month, due_on)
select month::date, (month + interval '1 month' + interval '9 days')::date
from generate_series(timestamp '2000-01-01', timestamp '2049-12-01', interval '1 month') as month;
