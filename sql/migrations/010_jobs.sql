-- What runs unattended: the jobs that somebody waits for, the history of their runs, and who may send files over HTTP.

create table job (
    name           text not null,
    expected_every interval,
    grace          interval not null default '2 hours',
    owner          text,
    constraint job_pkey primary key (name),
    constraint job_name_form check (name ~ '^[a-z][a-z0-9_-]{0,39}$'),
    constraint job_expectation_positive check (expected_every > interval '0'),
    constraint job_grace_not_negative check (grace >= interval '0')
);
comment on table job is 'Ledger: what runs unattended, and how long it may be silent before somebody is told (job_alert).';
comment on column job.name is 'Name of the job; inbox is `mmt inbox`.';
comment on column job.expected_every is 'A run is expected to succeed at least this often; null where nobody waits for it.';
comment on column job.grace is 'How much later than expected is still no alert: a run takes its time.';
comment on column job.owner is 'Whom to tell when it is silent; null where nobody was named.';
insert into job (name, expected_every) values ('inbox', '1 day');

create table job_run (
    job_run_id    int generated always as identity,
    job           text not null,
    started_at    timestamptz not null default clock_timestamp(),
    finished_at   timestamptz,
    outcome       text not null default 'running',
    files         int not null default 0,
    files_refused int not null default 0,
    host          text not null,
    error         text,
    constraint job_run_pkey primary key (job_run_id),
    constraint job_run_job_known foreign key (job) references job (name),
    constraint job_run_outcome_known check (outcome in ('running', 'completed', 'failed', 'interrupted')),
    constraint job_run_end_known check (finished_at is not null or outcome in ('running', 'interrupted')),
    constraint job_run_refused_of_files check (files_refused between 0 and files)
);
comment on table job_run is
    'Ledger: one row a run of a job. A run that was killed stays at "running" here until the next run begins; '
    'job_history tells it from one that goes on by the advisory lock that a run holds while it lives.';
comment on column job_run.job_run_id is 'Number of the run, and of its advisory lock.';
comment on column job_run.job is 'The job.';
comment on column job_run.started_at is 'When it began.';
comment on column job_run.finished_at is 'When it ended; null while it runs, and for one that was killed: nobody saw when.';
comment on column job_run.outcome is
    'completed (the machinery worked to the end; files may still have been refused); failed (the machinery failed); '
    'interrupted (killed or stopped before its end); running.';
comment on column job_run.files is 'Files that it loaded; those known already are not counted.';
comment on column job_run.files_refused is 'Of those: refused whole, or with rows refused.';
comment on column job_run.host is 'The machine that it ran on.';
comment on column job_run.error is 'What failed, for the operator: never a cell, never the name of a file.';
create index job_run_by_job on job_run (job, started_at desc);

-- 6177004 is the class of the locks that runs hold (JobLedger.swift). Locks are of one server: ask the primary.
create function job_run_lives(run int) returns boolean
    language sql stable
    return exists (
        select from pg_catalog.pg_locks l
        where l.locktype = 'advisory' and l.classid = 6177004 and l.objid = run::oid and l.objsubid = 2 and l.granted
          and l.database = (select oid from pg_catalog.pg_database where datname = current_database()));
comment on function job_run_lives(int) is 'Whether the process of a run still holds its lock.';

create table load_token (
    name       text not null,
    sha256     text not null,
    source     text not null default 'default',
    registers  boolean not null default false,
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    constraint load_token_pkey primary key (name),
    constraint load_token_sha256_unique unique (sha256),
    constraint load_token_name_form check (name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
    constraint load_token_sha256_form check (sha256 ~ '^[0-9a-f]{64}$'),
    constraint load_token_source_named check (source <> '')
);
comment on table load_token is 'Ledger: who may send files to POST /api/v1/loads. The tokens themselves are kept nowhere.';
comment on column load_token.name is 'Who or what holds the token: the sender of its files.';
comment on column load_token.sha256 is 'SHA-256 of the token, in hexadecimal.';
comment on column load_token.source is 'The source that its files are loaded under.';
comment on column load_token.registers is
    'Whether it may also send files that change the registers: sites, calendar, trials, allocations, events.';
comment on column load_token.created_at is 'When it was made.';
comment on column load_token.revoked_at is 'From when on it is refused; null while it holds. Names are not used twice.';

grant select on job, job_run to mmt_ingest, mmt_web, mmt_analyst;
grant update (expected_every, grace, owner) on job to mmt_ingest;
grant insert on job_run to mmt_ingest;
grant update (finished_at, outcome, files, files_refused, error) on job_run to mmt_ingest;
-- Tokens are made and revoked by an administrator (`mmt token`); the loader only recognises them.
grant select on load_token to mmt_ingest;
