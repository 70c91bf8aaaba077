-- What a reader could guess with, and what no page needs, is taken back.

-- The bytes of a small table can be guessed: who knows a clinic's clients tries every result, who knows a trial's clinics
-- every allocation, and the SHA-256, or the size, says which guess is right. So what a file is found again by stands here,
-- for the loader alone; a receipt says the SHA-256 of files that hold neither persons nor arms.
alter table received_file rename sha256 to content;
alter table received_file rename constraint received_file_sha256_form to received_file_content_form;
alter table received_file add file_id int generated always as identity;
alter table received_file add constraint received_file_id_unique unique (file_id);
comment on column received_file.content is
    'What its bytes are known by, in hexadecimal: with a pseudonym key HMAC-SHA256 of their SHA-256 under a key made of '
    'that one, else the SHA-256 itself. Granted to no reader.';
comment on column received_file.file_id is 'Number of the file.';
alter table received_file_part rename sha256 to content;
comment on column received_file_part.content is 'The file, as in received_file.';
revoke select (content, byte_count) on received_file from mmt_web, mmt_analyst;
-- A load holds its file's row while it reads: the loader must be allowed to change something in it.
grant update (sealed) on received_file to mmt_ingest;

alter table receipt
    add file_id int,
    add byte_count bigint;
update receipt c set file_id = f.file_id, byte_count = f.byte_count from received_file f where f.content = c.sha256;
alter table receipt
    alter file_id set not null,
    alter sha256 drop not null,
    drop constraint receipt_file_kept,
    add constraint receipt_file_kept foreign key (file_id) references received_file (file_id);
drop index receipt_by_content;
create index receipt_by_file on receipt (file_id);
update receipt c set sha256 = null, byte_count = null
where exists (
    select from receipt other
    where other.file_id = c.file_id and coalesce(other.kind, 'unknown') in (
        'unknown', 'episodes', 'doses', 'urine', 'allocations', 'participants', 'assessments', 'sessions'));
comment on column receipt.file_id is 'The file (received_file): two receipts of the same bytes have the same.';
comment on column receipt.sha256 is
    'SHA-256 of the file''s bytes, as sha256sum prints it; null where it could be used to guess what the file says: a file '
    'with a table about persons or arms, and one that could not be read.';
comment on column receipt.byte_count is 'Size of the file in bytes; null where sha256 is.';
grant update (sha256, byte_count) on receipt to mmt_ingest;

-- The daemon reads what pages show, and no page shows a person: of their tables it keeps the two columns that say which
-- receipts brought something of a clinic, and of refused rows everything but the rows.
revoke select on client, episode, dose_sheet, urine_list, trial_protocol, participant, assessment, session, event,
    rejected_row, site_alias, source, lock_exception from mmt_web;
grant select (site_id, receipt_id) on episode, dose_sheet, urine_list, participant, assessment, session, event to mmt_web;
grant select (receipt_id, line, site_id, month, superseded_by, closed_at) on rejected_row to mmt_web;

-- The sentence of a locked month says since when; rows that were refused before it did take the day as it stands now.
update row_defect d
set expected = m.locks_on
from reporting_month m
where d.code = 'month_locked' and d.expected is null and d.value = to_char(m.month, 'YYYY-MM');

-- Names that senders made up, as receipts of files about arms, and where there is a key about persons, told them until now:
-- a column goes by its place. A sheet does as soon as its bytes come again (ReceiptLedger.relabel), for its place is in them.
create temporary table kept_back on commit drop as
select c.receipt_id
from receipt c
cross join programme p
where exists (
    select from receipt other
    where other.file_id = c.file_id and (other.kind = 'allocations' or p.pseudonym_key is not null and other.kind in (
        'episodes', 'doses', 'urine', 'participants', 'assessments', 'sessions')));
create temporary table made_up on commit drop as
select c.receipt_id, u.name, u.place
from receipt c
join kept_back using (receipt_id)
cross join lateral unnest(c.header) with ordinality as u (name, place)
where u.name = any (c.columns_unknown);
update rejected_row q
set cells = (
    select jsonb_object_agg(coalesce(m.label, cell.key), cell.value)
    from jsonb_each(q.cells) as cell
    left join (
        select name, '#' || max(place) as label from made_up where receipt_id = q.receipt_id group by name) as m
        on m.name = cell.key)
where q.receipt_id in (select receipt_id from made_up) and q.cells <> '{}';
update receipt c
set header = array(
        select coalesce('#' || m.place, u.name)
        from unnest(c.header) with ordinality as u (name, place)
        left join made_up m on (m.receipt_id, m.place) = (c.receipt_id, u.place)
        order by u.place),
    columns_unknown = array(select '#' || m.place from made_up m where m.receipt_id = c.receipt_id order by m.place),
    notices = (
        select coalesce(jsonb_agg(notice order by number), '[]')
        from jsonb_array_elements(c.notices) with ordinality as n (notice, number)
        where notice ->> 'code' not in (
            'columns_new', 'columns_gone', 'columns_renamed', 'hidden_sheet', 'sheet_not_read'))
where c.receipt_id in (select receipt_id from kept_back);
