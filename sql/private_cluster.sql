-- In a private cluster, the account that runs mmt is an analyst of the whole programme: `mmt psql`.
do $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = 'mmt_local') then
        create role mmt_local login;
    end if;
    grant mmt_analyst to mmt_local;
    execute format('grant %I to mmt_local', 'mmt.' || current_database() || '.programme');
end
$$;
