-- What arrived last counts, whatever was stored first; and the programme's time is the same for every reader.

alter table programme add first_month date, add last_month date;
alter table programme add constraint programme_first_month_known
    foreign key (first_month) references reporting_month (month);
alter table programme add constraint programme_last_month_known
    foreign key (last_month) references reporting_month (month);
comment on column programme.first_month is
    'First month that any clinic has reported on: reports are expected from it on; null before the first report.';
comment on column programme.last_month is 'Last month that any clinic has reported on.';
update programme set (first_month, last_month) = (select min(month), max(month) from monthly_report);
grant update (first_month, last_month) on programme to mmt_ingest;

comment on column monthly_report.version is
    'Place in the order of storing, from 1. Of several versions the one whose file arrived last counts (current_report).';

-- A registry may correct the day on which a clinic opened.
grant update (starts_on) on site_interval to mmt_ingest;
