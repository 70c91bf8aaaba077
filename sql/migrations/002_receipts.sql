-- What arrived: every file received, a receipt for each load, every refused row and what was wrong with it.
-- Ledger tables stay on the coordinator: a file speaks of many sites and a refused row may name none that exists.

create table received_file (
    sha256     text not null,
    byte_count bigint not null,
    constraint received_file_pkey primary key (sha256),
    constraint received_file_sha256_form check (sha256 ~ '^[0-9a-f]{64}$')
);
comment on table received_file is 'Ledger: every file ever received, whole, known by its content.';
comment on column received_file.sha256 is 'SHA-256 of the bytes, in hexadecimal.';
comment on column received_file.byte_count is 'Its size in bytes.';

create table received_file_part (
    sha256 text not null,
    part   int not null,
    bytes  bytea not null,
    constraint received_file_part_pkey primary key (sha256, part),
    constraint received_file_part_of foreign key (sha256) references received_file (sha256)
);
comment on table received_file_part is 'Ledger: the bytes of a received file, in parts of one mebibyte.';
comment on column received_file_part.sha256 is 'The file.';
comment on column received_file_part.part is 'Place of the part, from 0.';
comment on column received_file_part.bytes is 'The bytes as received.';

create table receipt (
    receipt_id        int generated always as identity,
    kind              text,
    file_name         text not null,
    sha256            text not null,
    received_at       timestamptz not null default now(),
    received_by       text not null default session_user,
    history           boolean not null default false,
    finished_at       timestamptz,
    outcome           text not null default 'started',
    encoding          text,
    encoding_evidence jsonb,
    rows_received     int not null default 0,
    rows_inserted     int not null default 0,
    rows_changed      int not null default 0,
    rows_unchanged    int not null default 0,
    rows_rejected     int not null default 0,
    rows_flagged      int not null default 0,
    columns_unknown   text[] not null default '{}',
    columns_missing   text[] not null default '{}',
    repeats           int,
    refusal           jsonb,
    constraint receipt_pkey primary key (receipt_id),
    constraint receipt_file_kept foreign key (sha256) references received_file (sha256),
    constraint receipt_repeats_known foreign key (repeats) references receipt (receipt_id),
    constraint receipt_outcome_known check (outcome in ('started', 'loaded', 'partly_loaded', 'refused', 'repeated')),
    constraint receipt_adds_up check (rows_received = rows_inserted + rows_changed + rows_unchanged + rows_rejected),
    constraint receipt_flags_accepted_rows check (rows_flagged <= rows_received - rows_rejected)
);
comment on table receipt is
    'Ledger: one row a load. received = inserted + changed + unchanged + rejected, always. '
    'A receipt that stays at "started" belongs to a load that was killed: nothing of it was stored but its file, '
    'and the next start of the program loads that file again.';
comment on column receipt.receipt_id is 'Number of the receipt; the newest finished one is the version of the data.';
comment on column receipt.kind is 'Kind of report (sites, monthly); null while it could not be told.';
comment on column receipt.file_name is 'Name of the file as it was sent, without its folder.';
comment on column receipt.sha256 is 'The file''s content.';
comment on column receipt.received_at is 'The server''s clock when the file arrived.';
comment on column receipt.received_by is 'The database login that loaded it.';
comment on column receipt.history is
    'True where the reports had first arrived through another system: their own submitted_at counts for timeliness.';
comment on column receipt.finished_at is 'When the load ended; null if it never did.';
comment on column receipt.outcome is
    'loaded; partly_loaded (some rows refused); refused (nothing stored); repeated (the same bytes again); started.';
comment on column receipt.encoding is 'Encoding of the text, as decided on the whole file.';
comment on column receipt.encoding_evidence is 'The bytes that decided it: code, bytes in hexadecimal, offset; words under encoding.<code>.';
comment on column receipt.rows_received is 'Data rows in the file.';
comment on column receipt.rows_inserted is 'Rows that were new.';
comment on column receipt.rows_changed is 'Rows that became a new version of something known.';
comment on column receipt.rows_unchanged is 'Rows that said what was known already.';
comment on column receipt.rows_rejected is 'Rows refused; each is in rejected_row.';
comment on column receipt.rows_flagged is 'Accepted rows that raised at least one flag.';
comment on column receipt.columns_unknown is 'Columns of the file that no declared column claims: not read.';
comment on column receipt.columns_missing is 'Declared columns that the file lacks: not reported throughout.';
comment on column receipt.repeats is 'The earlier receipt of the same bytes, where nothing was left to do.';
comment on column receipt.refusal is 'Why the whole file was refused: code and details, without any cell of it.';
create index receipt_by_content on receipt (sha256);

create table rejected_row (
    receipt_id int not null,
    line       int not null,
    site_id    int,
    month      date,
    cells      jsonb not null,
    superseded_by int,
    constraint rejected_row_pkey primary key (receipt_id, line),
    constraint rejected_row_receipt_known foreign key (receipt_id) references receipt (receipt_id),
    constraint rejected_row_superseded_by_known foreign key (superseded_by) references receipt (receipt_id)
);
comment on table rejected_row is 'Ledger: the quarantine. Every refused row, whole, until a later receipt settles it.';
comment on column rejected_row.receipt_id is 'The load that refused it.';
comment on column rejected_row.line is 'Line in the file, from 1.';
comment on column rejected_row.site_id is 'The clinic, where the row names one that is known.';
comment on column rejected_row.month is 'The month, where the row names one.';
comment on column rejected_row.cells is 'The row''s cells under their column names, as they were written.';
comment on column rejected_row.superseded_by is 'The later receipt that read the same file again or brought this clinic''s month; null while open.';
create index rejected_row_open_by_site on rejected_row (site_id, month) where superseded_by is null;

create table row_defect (
    receipt_id  int not null,
    line        int not null,
    number      int not null,
    column_name text,
    value       text,
    code        text not null,
    expected    text,
    constraint row_defect_pkey primary key (receipt_id, line, number),
    constraint row_defect_row_kept foreign key (receipt_id, line) references rejected_row (receipt_id, line)
);
comment on table row_defect is 'Ledger: what was wrong with a refused row, one row a fault. The words are in wording.';
comment on column row_defect.receipt_id is 'The load that refused the row.';
comment on column row_defect.line is 'Line in the file, from 1.';
comment on column row_defect.number is 'Place among the row''s faults, from 1.';
comment on column row_defect.column_name is 'The column at fault, by its declared name; null where it is the whole row.';
comment on column row_defect.value is 'The cell as it was written.';
comment on column row_defect.code is 'Code of the fault; its sentence and remedy are in wording under defect.<code>.';
comment on column row_defect.expected is 'What the value was held against.';
