-- Each act of uncovering arms, for as long as the database lives.
create table trial_look (
    look       int not null,
    trial      text not null,
    reader     text not null,
    looked_at  timestamptz not null default now(),
    ends_at    timestamptz not null,
    reason     text not null,
    constraint trial_look_pkey primary key (look),
    constraint trial_look_reasoned check (length(trim(reason)) between 10 and 500),
    constraint trial_look_order check (ends_at > looked_at)
);
comment on table trial_look is 'Ledger: who uncovered the arms of a trial, when, until when, and why. Written by unmask() only.';
comment on column trial_look.look is 'Number of the look, in their order.';
comment on column trial_look.trial is 'The trial.';
comment on column trial_look.reader is 'The login or account that may see them.';
comment on column trial_look.looked_at is 'Since when.';
comment on column trial_look.ends_at is 'When they are hidden again.';
comment on column trial_look.reason is 'Why, in the words of the one who looked.';

alter table trial_look enable row level security;
-- That arms were looked at is for everybody who reads the programme.
create policy trial_look_of_programme on trial_look for select using ((select reads_programme()));
create policy trial_look_counted on trial_look to mmt_scope using (true) with check (true);
grant select on trial_look to mmt_web, mmt_analyst, mmt_ingest;
grant select, insert, update on trial_look to mmt_scope;  -- update: to lock it
grant select on trial_protocol to mmt_scope;

create function unmask(of_trial text, why text) returns timestamptz
    language sql volatile
    return mmt.uncover(of_trial, why, mmt.reader()::text);
comment on function unmask(text, text) is
    'Uncovers the arms of a trial for its caller, a reader of trials, for twelve hours, and writes down why; until when.';
revoke execute on function unmask(text, text) from public;
grant execute on function unmask(text, text) to mmt_analyst, mmt_web;

-- Who reads what of trials is told by roles alone, as with clinics: mmt.<database>.trials may see outcomes, and is asked for a
-- reason before it sees arms; a look is a role of its own that ends (mmt.<database>.look.<number>.<trial>).
create function reads_trials() returns boolean
    language sql stable parallel safe
    return exists (select from mmt.reader_roles() role where role = 'mmt.' || current_database() || '.trials');
comment on function reads_trials() is 'Whether the reader may see the outcomes of trials, and uncover arms.';

create function unmasked_trials() returns text[]
    language sql stable parallel safe
    begin atomic
        select coalesce(array_agg(distinct regexp_replace(substr(r.rolname, length(look.prefix) + 1), '^\d+\.', '')), '{}')
        from (select 'mmt.' || current_database() || '.look.') as look (prefix)
        join mmt.reader_roles() as role on starts_with(role, look.prefix)
        join pg_catalog.pg_roles r on r.rolname = role and r.rolvaliduntil > now();
    end;
comment on function unmasked_trials() is 'The trials whose arms the reader has uncovered, with a reason, and that are not hidden again.';
