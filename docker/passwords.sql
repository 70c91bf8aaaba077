-- Gives the logins of mmt their passwords, from the files mmt_web and mmt_ingest of a folder. Safe to run again: put a
-- new password into a file, run this, restart the service that uses it. For psql, as an administrator, after `mmt migrate`:
--
--   SECRETS=docker/secrets psql --no-psqlrc --file=docker/passwords.sql        (SECRETS: /run/secrets unless named)

\set ON_ERROR_STOP on
\set QUIET on
\set mmt_web `cat "${SECRETS:-/run/secrets}/mmt_web"`
\set mmt_ingest `cat "${SECRETS:-/run/secrets}/mmt_ingest"`

-- The statements below hold the passwords: whatever the server logs, it shall not log these.
-- (Only a superuser may say so; under another administrator the server's own settings hold.)
select set_config(setting, value, false)
from (values ('log_statement', 'none'), ('log_min_duration_statement', '-1'), ('log_min_error_statement', 'panic'))
    as unlogged (setting, value)
where current_setting('is_superuser')::boolean \g /dev/null

-- An empty password would take the login away without a word.
select :'mmt_web' = '' or :'mmt_ingest' = '' as missing \gset
\if :missing
do $$ begin raise 'a password of mmt_web or mmt_ingest is empty or its file could not be read'; end $$;
\endif

set password_encryption = 'scram-sha-256';
alter role mmt_web password :'mmt_web';
alter role mmt_ingest password :'mmt_ingest';
\echo The logins mmt_web and mmt_ingest have their passwords.
