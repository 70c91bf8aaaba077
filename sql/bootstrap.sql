-- Roles and the schema, made by an administrator before the first migration. Safe to run again.
--
--   mmt_owner    owns every table and view; nobody logs in as it
--   mmt_scope    may create the roles below, and only through create_scope_roles()
--   mmt_web      the daemon's login: sees what the account it stands in for may see
--   mmt_ingest   the loader's login: writes reports of every site
--   mmt_analyst  the group of people with psql, R or Python: may read, row by row, what their scope allows
--
-- A scope is a role as well: mmt.<database>.programme > mmt.<database>.region.<id> > mmt.<database>.site.<id>.
-- Who is a member of a scope (directly or through others) may read the sites in it.
--
-- mmt.<database>.trials reads the outcomes of trials besides, and may uncover their arms: unmask() asks for a reason, writes it
-- down, and makes a role mmt.<database>.look.<number>.<trial> of the reader's, which ends by itself, or with mask(). A scope is
-- nobody who could give a reason: mmt.<database>.account.trials is the account that `mmt serve --account trials` stands in for.

do $$
declare
    wanted record;
begin
    for wanted in
        select * from (values
            ('mmt_owner',   'nologin'),
            ('mmt_scope',   'nologin createrole'),
            ('mmt_web',     'login'),
            ('mmt_ingest',  'login'),
            ('mmt_analyst', 'nologin')
        ) as role (name, attributes)
    loop
        if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
            execute format('create role %I %s', wanted.name, wanted.attributes);
        end if;
        if wanted.name in ('mmt_owner', 'mmt_scope') then
            execute format('grant %I to %I', wanted.name, current_user);
        end if;
    end loop;

    if not exists (select from pg_catalog.pg_roles where rolname = 'mmt.' || current_database() || '.programme') then
        execute format('create role %I nologin', 'mmt.' || current_database() || '.programme');
    end if;
    -- mmt_scope hangs regions under the programme's role, and so has to administer it (PostgreSQL 16 and later).
    execute format('grant %I to mmt_scope with admin option', 'mmt.' || current_database() || '.programme');

    if not exists (select from pg_catalog.pg_roles where rolname = 'mmt.' || current_database() || '.trials') then
        execute format('create role %I nologin', 'mmt.' || current_database() || '.trials');
        execute format('grant %I to %I', 'mmt.' || current_database() || '.programme',
            'mmt.' || current_database() || '.trials');
    end if;

    if not exists (select from pg_catalog.pg_roles where rolname = 'mmt.' || current_database() || '.account.trials') then
        execute format('create role %I nologin', 'mmt.' || current_database() || '.account.trials');
        execute format('grant %I to %I', 'mmt.' || current_database() || '.trials',
            'mmt.' || current_database() || '.account.trials');
    end if;

    execute format('alter database %I set search_path = mmt, public', current_database());
end
$$;

create schema if not exists mmt authorization mmt_owner;
comment on schema mmt is
    'MMT Monitor: reports of methadone clinics. Start with \dv+ (views for analysts) and read their comments.';
grant usage on schema mmt to mmt_web, mmt_ingest, mmt_analyst, mmt_scope;

-- New sites bring their scopes with them. The loader may call this and cannot otherwise make a role.
grant create on schema mmt to mmt_scope;
set role mmt_scope;
create or replace function mmt.create_scope_roles(of_site int, of_regions int[]) returns void
    language plpgsql security definer
    -- pg_temp last: otherwise a caller's temporary table would stand before the catalogue's.
    set search_path = pg_catalog, pg_temp
as $$
declare
    prefix text := 'mmt.' || current_database();
    above  text := prefix || '.programme';
    scope  text;
    former text;
begin
    foreach scope in array
        (select coalesce(array_agg(prefix || '.region.' || region order by place), '{}')
         from unnest(of_regions) with ordinality as path (region, place)) || (prefix || '.site.' || of_site)
    loop
        if not exists (select from pg_roles where rolname = scope) then
            execute format('create role %I nologin', scope);
        end if;
        -- A clinic that moves to another region leaves the old one's scope.
        for former in
            select holder.rolname
            from pg_auth_members m
            join pg_roles held on held.oid = m.roleid
            join pg_roles holder on holder.oid = m.member
            where held.rolname = scope and holder.rolname <> above
              and starts_with(holder.rolname, prefix || '.region.')
        loop
            execute format('revoke %I from %I', scope, former);
        end loop;
        if not pg_has_role(above, scope, 'member') then
            execute format('grant %I to %I', scope, above);
        end if;
        above := scope;
    end loop;
end
$$;
comment on function mmt.create_scope_roles(int, int[]) is
    'Makes the scope role of a site and of the regions above it (outermost first) and hangs each under the one above.';
revoke execute on function mmt.create_scope_roles(int, int[]) from public;
grant execute on function mmt.create_scope_roles(int, int[]) to mmt_ingest;

-- Arms are uncovered by somebody, for twelve hours, for a reason that stays. The reader is named by the caller, because only the
-- caller's own function knows him: the login itself, or, for the daemon, the account of its transaction.
create or replace function mmt.uncover(of_trial text, why text, of_reader text) returns timestamptz
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    prefix text := 'mmt.' || current_database() || '.look.';
    number int;
    until_then timestamptz := now() + interval '12 hours';
    ended text;
begin
    if of_reader is distinct from session_user and not pg_has_role(session_user, 'mmt_web', 'member')
       or not exists (select from pg_roles where rolname = of_reader)
       or not pg_has_role(of_reader, 'mmt.' || current_database() || '.trials', 'member') then
        raise exception 'only a reader of trials uncovers arms' using errcode = 'insufficient_privilege';
    end if;
    -- What is granted to a scope is everybody's who has it.
    if of_reader = 'mmt.' || current_database() || '.trials' then
        raise exception 'a scope uncovers nothing: be an account that has it' using errcode = 'insufficient_privilege';
    end if;
    if not exists (select from mmt.trial_protocol where trial = of_trial) then
        raise exception 'there is no trial %', of_trial using errcode = 'no_data_found';
    end if;
    -- One look at a time gets a number.
    lock table mmt.trial_look in exclusive mode;
    for ended in
        select rolname from pg_roles where starts_with(rolname, prefix) and rolvaliduntil <= now()
    loop
        execute format('drop role %I', ended);
    end loop;
    select coalesce(max(look), 0) + 1 into number from mmt.trial_look;
    insert into mmt.trial_look (look, trial, reader, ends_at, reason)
    values (number, of_trial, of_reader, until_then, why);
    if length(prefix || number || '.' || of_trial) > 63 then
        raise exception 'the name of the database is too long for roles of looks' using errcode = 'name_too_long';
    end if;
    execute format('create role %I nologin valid until %L', prefix || number || '.' || of_trial, until_then);
    execute format('grant %I to %I', prefix || number || '.' || of_trial, of_reader);
    return until_then;
end
$$;
comment on function mmt.uncover(text, text, text) is 'What unmask() does, for a reader that it names.';

create or replace function mmt.cover(of_trial text, of_reader text) returns int
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    prefix text := 'mmt.' || current_database() || '.look.';
    look text;
    hidden int := 0;
begin
    if of_reader is distinct from session_user and not pg_has_role(session_user, 'mmt_web', 'member')
       or not exists (select from pg_roles where rolname = of_reader)
       or not pg_has_role(of_reader, 'mmt.' || current_database() || '.trials', 'member') then
        raise exception 'only a reader of trials hides arms' using errcode = 'insufficient_privilege';
    end if;
    if not exists (select from mmt.trial_protocol where trial = of_trial) then
        raise exception 'there is no trial %', of_trial using errcode = 'no_data_found';
    end if;
    lock table mmt.trial_look in exclusive mode;
    -- Looks that others have taken stay theirs.
    for look in
        select r.rolname
        from mmt.trial_look l
        join pg_roles r on r.rolname = prefix || l.look || '.' || l.trial
        where l.trial = of_trial and l.reader = of_reader
    loop
        execute format('drop role %I', look);
        hidden := hidden + 1;
    end loop;
    update mmt.trial_look set hidden_at = now()
    where trial = of_trial and reader = of_reader and hidden_at is null and ends_at > now();
    return hidden;
end
$$;
comment on function mmt.cover(text, text) is 'What mask() does, for a reader that it names.';

create or replace function mmt.mask(of_trial text) returns int
    language plpgsql security invoker
    set search_path = mmt, pg_catalog, pg_temp
as $$
begin
    return mmt.cover(of_trial, mmt.reader()::text);
end
$$;
comment on function mmt.mask(text) is
    'Hides the arms of a trial from its caller again, before his looks end by themselves, and writes down when; how many it ended.';
revoke execute on function mmt.uncover(text, text, text), mmt.cover(text, text), mmt.mask(text) from public;
grant execute on function mmt.uncover(text, text, text), mmt.cover(text, text), mmt.mask(text) to mmt_analyst, mmt_web;
reset role;
revoke create on schema mmt from mmt_scope;
