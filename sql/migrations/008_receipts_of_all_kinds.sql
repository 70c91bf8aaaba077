-- Receipts of workbooks, of senders and their policies; questions to rows; the quarantine by key; locked months.

alter table programme add pseudonym_key text;
comment on column programme.pseudonym_key is
    'Fingerprint of the key that makes clients'' pseudonyms; null while there is none. Another key is refused: it would '
    'make strangers of known clients.';
grant update (pseudonym_key) on programme to mmt_ingest;

create table source (
    source            text not null,
    takes             text not null default 'good_rows',
    on_changed_header text not null default 'report',
    constraint source_pkey primary key (source),
    constraint source_takes_known check (takes in ('good_rows', 'whole_file')),
    constraint source_on_changed_header_known check (on_changed_header in ('report', 'refuse'))
);
comment on table source is 'Reference: who sends files, and the policy for them. A source without a row is treated as "default".';
comment on column source.source is 'Its name: given to mmt load, the name of the inbox''s subfolder, or that of the token.';
comment on column source.takes is 'good_rows: the good rows of a file are stored, the others refused; whole_file: all of them or none.';
comment on column source.on_changed_header is
    'What is done when a file''s columns differ from those of the last file of this source and kind: report or refuse it.';
insert into source (source) values ('default');

alter table receipt
    add source text not null default 'default',
    add sender text,
    add format text,
    add sheet text,
    add header text[] not null default '{}',
    add notices jsonb not null default '[]',
    add takes text not null default 'good_rows';
comment on column receipt.source is 'Who sent it (table source).';
comment on column receipt.sender is 'Name of the access token that it was sent with over HTTP.';
comment on column receipt.format is 'csv, xlsx or dhis2; null while it could not be told.';
comment on column receipt.sheet is 'The sheet, where the file is a workbook: each sheet that holds a table has a receipt of its own.';
comment on column receipt.header is 'The names of the columns, as written.';
comment on column receipt.notices is 'What is to be said of the file that refuses nothing: code and details; words under notice.<code>.';
comment on column receipt.takes is 'The policy that was followed: good_rows or whole_file.';
grant update (source, sender, format, sheet, header, notices, takes) on receipt to mmt_ingest;
grant select on source to mmt_web, mmt_analyst, mmt_ingest;
grant insert, update (takes, on_changed_header) on source to mmt_ingest;
create index receipt_by_source on receipt (source, kind, receipt_id);

alter table received_file add sealed boolean not null default false;
comment on column received_file.sealed is
    'True where the bytes are encrypted (AES-256-GCM) under the pseudonym key, because they may hold clients'' numbers.';
alter table received_file_part alter bytes set compression lz4;

-- The quarantine by key: a later row with the same key settles a refused one, whatever file brings it.
alter table rejected_row
    add key text,
    add closed_at timestamptz,
    add closed_by text,
    add closed_because text,
    add constraint rejected_row_closed_whole check (
        (closed_at is null) = (closed_by is null) and (closed_at is null) = (closed_because is null));
comment on column rejected_row.key is 'The values of the kind''s key, where all of them could be read: clinic, client, day, …';
comment on column rejected_row.closed_at is 'When somebody closed it by hand; null while nobody did.';
comment on column rejected_row.closed_by is 'Who closed it.';
comment on column rejected_row.closed_because is 'Why it needs no answer.';
grant update (closed_at, closed_by, closed_because) on rejected_row to mmt_ingest;
create index rejected_row_open_by_key on rejected_row (key) where superseded_by is null and closed_at is null;

create table row_question (
    receipt_id  int not null,
    line        int not null,
    number      int not null,
    site_id     int,
    column_name text,
    value       text,
    code        text not null,
    expected    text,
    constraint row_question_pkey primary key (receipt_id, line, number),
    constraint row_question_receipt_known foreign key (receipt_id) references receipt (receipt_id)
);
comment on table row_question is
    'Ledger: something rare in a row that was accepted all the same, as it was written. Nothing is changed by it.';
comment on column row_question.receipt_id is 'The load that accepted the row.';
comment on column row_question.line is 'Line in the file, from 1.';
comment on column row_question.number is 'Place among the row''s questions, from 1.';
comment on column row_question.site_id is 'The clinic.';
comment on column row_question.column_name is 'The column, by its declared name.';
comment on column row_question.value is 'The cell as it was written.';
comment on column row_question.code is 'Code of the question; its sentence is in wording under defect.<code>.';
comment on column row_question.expected is 'What the value was held against.';
alter table row_question enable row level security;
create policy row_question_of_readers_sites on row_question for select using (
    (select reads_programme()) or site_id = any ((select readable_sites())::int[]));
create policy row_question_loaded on row_question to mmt_ingest using (true) with check (true);
grant select on row_question to mmt_web, mmt_analyst, mmt_ingest;
grant insert on row_question to mmt_ingest;

-- Months that are closed to changes.
alter table reporting_month add locks_on date;
alter table reporting_month add constraint reporting_month_locks_after_due check (locks_on > due_on);
comment on column reporting_month.locks_on is
    'From this day on reports on the month are refused, unless lock_exception opens it; null: never.';
grant update (locks_on) on reporting_month to mmt_ingest;

create table lock_exception (
    exception_id int generated always as identity,
    month        date not null,
    site_id      int,
    ends_on      date not null,
    owner        text not null,
    reason       text not null,
    made_at      timestamptz not null default now(),
    constraint lock_exception_pkey primary key (exception_id),
    constraint lock_exception_month_known foreign key (month) references reporting_month (month),
    constraint lock_exception_site_known foreign key (site_id) references site (site_id)
);
comment on table lock_exception is 'Reference: a locked month that is open to changes once more, for how long, who says so and why.';
comment on column lock_exception.exception_id is 'Number of the exception.';
comment on column lock_exception.month is 'The locked month.';
comment on column lock_exception.site_id is 'The clinic that it is opened for; null: all.';
comment on column lock_exception.ends_on is 'Last day of the exception.';
comment on column lock_exception.owner is 'Who answers for it.';
comment on column lock_exception.reason is 'Why.';
comment on column lock_exception.made_at is 'When it was made.';
alter table lock_exception enable row level security;
create policy lock_exception_of_readers_sites on lock_exception for select using (
    site_id is null or site_id = any ((select readable_sites())::int[]));
create policy lock_exception_loaded on lock_exception to mmt_ingest using (true) with check (true);
grant select on lock_exception to mmt_web, mmt_analyst, mmt_ingest;
grant insert on lock_exception to mmt_ingest;

-- A calendar sent as a file may correct an interval.
grant update (ends_on, status) on site_interval to mmt_ingest;

-- A receipt is seen by who may see something that it brought.
drop policy receipt_of_readers_sites on receipt;
create policy receipt_of_readers_sites on receipt for select using (
    (select reads_programme())
    or exists (select from monthly_report r where r.receipt_id = receipt.receipt_id)
    or exists (select from episode r where r.receipt_id = receipt.receipt_id)
    or exists (select from dose_sheet r where r.receipt_id = receipt.receipt_id)
    or exists (select from urine_list r where r.receipt_id = receipt.receipt_id)
    or exists (select from participant r where r.receipt_id = receipt.receipt_id)
    or exists (select from assessment r where r.receipt_id = receipt.receipt_id)
    or exists (select from session r where r.receipt_id = receipt.receipt_id)
    or exists (select from rejected_row r where r.receipt_id = receipt.receipt_id));
