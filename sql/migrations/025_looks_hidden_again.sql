-- A look at arms may be ended by the one who took it.
alter table trial_look add hidden_at timestamptz;
comment on column trial_look.ends_at is 'When they are hidden again by themselves.';
comment on column trial_look.hidden_at is 'When their reader hid them before that (mask()); null: he did not.';

-- Who has a clinic of a roll-out sees the file that brought it, as with reports: what he is shown is then as new as the file.
drop policy receipt_of_readers_sites on receipt;
create policy receipt_of_readers_sites on receipt for select using (
    (coalesce(kind, '') not in ('sessions', 'allocations') or (select reads_trials()))
    and ((select reads_programme())
         or exists (select from monthly_report r where r.receipt_id = receipt.receipt_id)
         or exists (select from episode r where r.receipt_id = receipt.receipt_id)
         or exists (select from dose_sheet r where r.receipt_id = receipt.receipt_id)
         or exists (select from urine_list r where r.receipt_id = receipt.receipt_id)
         or exists (select from participant r where r.receipt_id = receipt.receipt_id)
         or exists (select from assessment r where r.receipt_id = receipt.receipt_id)
         or exists (select from rollout r where r.receipt_id = receipt.receipt_id)
         or exists (select from rejected_row r where r.receipt_id = receipt.receipt_id)));

comment on column rejected_row.tells_arm is
    'Whether the row tells an arm: of sessions, allocations, or trainings at a clinic of a running trial. Readers of trials see it alone.';
comment on column row_question.tells_arm is
    'Whether the row tells an arm: of sessions, allocations, or trainings at a clinic of a running trial. Readers of trials see it alone.';
