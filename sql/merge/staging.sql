-- What a load works with, beside the table staging of its kind. All of it is gone at the end of the transaction; a
-- workbook of several sheets begins anew with each.
drop table if exists staging, touched, concerned_client, concerned_clinic, concerned_trial,
    trial_assessment, trial_participant, trial_person, staged_client, staged_seal, refused_row, refused_defect, asked;

-- A time without an offset is the programme's.
select set_config('timezone', (select time_zone from programme), true);

-- Nor does PostgreSQL know how small a load is: compiling its statements takes longer than running them.
select set_config('jit', 'off', true);

-- One merge runs at a time (Merge.lock): it may sort a country's months in memory.
select set_config('work_mem', '64MB', true);

-- Which clinics' months the load changes: what follows from them is worked out anew, and nothing else is.
create temporary table touched (site_id int not null, month date not null) on commit drop;

-- Whose stays may change, and between which days the doses lie that the load brought (null: it brought none); and since which
-- day a clinic's counts of stays change.
create temporary table concerned_client (
    site_id int not null, client_id int not null, first_day date, last_day date, primary key (site_id, client_id)) on commit drop;
create temporary table concerned_clinic (site_id int primary key, since date not null) on commit drop;

-- Clinics of trials about which the load says something, and what is known of them now.
create temporary table concerned_trial (site_id int, trial text, primary key (site_id, trial)) on commit drop;
create temporary table trial_assessment (like assessment) on commit drop;
create temporary table trial_participant (like participant) on commit drop;
create temporary table trial_person (
    site_id int, trial text, participant text, role text, enrolled_on date, left_treatment_on date, exit_reason text, sex text,
    birth_year int) on commit drop;

-- The persons of the file: their place in it, by which staged rows name them, and their code.
create temporary table staged_client (client int not null, site_id int not null, code text not null) on commit drop;

-- Codes of the file as refused rows keep them in their keys, where that is another text.
create temporary table staged_seal (code text not null, seal text not null) on commit drop;

-- Refused rows, their faults and questions on the way into the quarantine: COPY cannot write tables with row-level
-- security.
create temporary table refused_row (line int, site_id int, month date, cells jsonb, key text) on commit drop;
create temporary table refused_defect (
    line int, number int, column_name text, value text, code text, expected text) on commit drop;
create temporary table asked (
    line int, number int, site_id int, column_name text, value text, code text, expected text) on commit drop;
