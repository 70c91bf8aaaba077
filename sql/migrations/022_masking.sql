-- What tells an arm: arms themselves, what was delivered, and outcomes that the intervention moves.
create policy trial_delivery_of_unmasked on trial_delivery for select using (
    trial in (select unnest((select unmasked_trials()))) and site_id in (select unnest((select readable_sites()))));
drop policy allocation_of_readers_sites on allocation;
create policy allocation_of_unmasked on allocation for select using (
    trial in (select unnest((select unmasked_trials()))) and site_id in (select unnest((select readable_sites()))));
grant select on allocation to mmt_web;
drop policy session_of_readers_sites on session;
create policy session_of_readers_sites on session for select using (
    (trial = '' or trial in (select unnest((select unmasked_trials()))))
    and site_id in (select unnest((select readable_sites()))));
drop policy assessment_of_readers_sites on assessment;
create policy assessment_of_readers_sites on assessment for select using (
    (trial = '' or (select reads_trials())) and site_id in (select unnest((select readable_sites()))));

-- Row-level security hides rows, and not how many there are: EXPLAIN tells what a filter removed, and what the planner expects of
-- a clinic. So tables whose mere rows tell an arm are granted to readers of trials alone.
revoke select on session from mmt_analyst;
do $$
begin
    execute format('grant select on allocation, session, trial_delivery, trial_subject, trial_measure to %I',
        'mmt.' || current_database() || '.trials');
end
$$;

-- Files of sessions and allocations: that one of their rows was refused at a clinic, what is asked of it, even the name that
-- a file was sent under may tell an arm. The loader's own answer goes to the sender.
alter table rejected_row add tells_arm boolean not null default false;
alter table row_question add tells_arm boolean not null default false;
comment on column rejected_row.tells_arm is 'Whether it is a row of sessions or allocations, which readers of trials see alone.';
comment on column row_question.tells_arm is 'Whether it is a row of sessions or allocations, which readers of trials see alone.';
update rejected_row r set tells_arm = true from receipt c where c.receipt_id = r.receipt_id and c.kind in ('sessions', 'allocations');
update row_question r set tells_arm = true from receipt c where c.receipt_id = r.receipt_id and c.kind in ('sessions', 'allocations');
do $$
declare
    scoped text;
begin
    foreach scoped in array array['rejected_row', 'row_question']
    loop
        execute format(
            'alter policy %I on %I using ((not tells_arm or (select reads_trials())) and '
            '((select reads_programme()) or site_id in (select unnest((select readable_sites())))))',
            scoped || '_of_readers_sites', scoped);
    end loop;
end
$$;
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
         or exists (select from rejected_row r where r.receipt_id = receipt.receipt_id)));
