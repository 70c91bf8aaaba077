-- The order in which files arrive, where they are not merged in it.

-- Whether a file that arrived earlier is still to be merged: asked by each merge, and the answer is nearly always no.
create index receipt_started on receipt (receipt_id) where outcome = 'started';

-- Reports that should never have been sent.
create table report_withdrawal (
    site_id         int not null,
    month           date not null,
    through_receipt int not null,
    withdrawn_at    timestamptz not null default now(),
    withdrawn_by    text not null,
    reason          text not null,
    constraint report_withdrawal_pkey primary key (site_id, month, through_receipt),
    constraint report_withdrawal_site_known foreign key (site_id) references site (site_id),
    constraint report_withdrawal_month_known foreign key (month) references reporting_month (month)
);
comment on table report_withdrawal is
    'Fact: a clinic''s report on a month that was withdrawn, as where a file carried the wrong month. The versions that had '
    'arrived by then stay readable and count no more; a report that arrives later counts.';
comment on column report_withdrawal.site_id is 'The clinic.';
comment on column report_withdrawal.month is 'First day of the month that was wrongly reported on.';
comment on column report_withdrawal.through_receipt is
    'The load that brought the version which was known then: it and every earlier one are withdrawn.';
comment on column report_withdrawal.withdrawn_at is 'When: what was known before that moment stays what was known.';
comment on column report_withdrawal.withdrawn_by is 'Who answers for it.';
comment on column report_withdrawal.reason is 'Why.';
alter table report_withdrawal enable row level security;
create policy report_withdrawal_of_readers_sites on report_withdrawal for select using (
    site_id = any ((select readable_sites())::int[]));
create policy report_withdrawal_loaded on report_withdrawal to mmt_ingest using (true) with check (true);
grant select on report_withdrawal to mmt_web, mmt_analyst, mmt_ingest;
grant insert on report_withdrawal to mmt_ingest;

-- Counts that follow from a report go with it.
grant delete on indicator_count to mmt_ingest;

-- What was said of columns that mean more since.
comment on column receipt.columns_missing is
    'Declared columns that the file lacks: not reported, and of a row that corrects another one as they were known before.';
comment on column rejected_row.superseded_by is
    'The receipt that settled it: one that read the same file again or brought the row''s key rightly, its own where that '
    'stood further down in the same file; null while open.';
comment on column reporting_month.locks_on is
    'From this day on rows that would change what is known of the month are refused, unless lock_exception opens it; null: '
    'never.';
