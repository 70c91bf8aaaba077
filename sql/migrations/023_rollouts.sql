-- A roll-out: the programme brings something to its clinics one after the other, and hides nothing.
create table rollout (
    site_id         int not null,
    rollout         text not null,
    version         int not null,
    receipt_id      int not null,
    line            int not null,
    name            text not null,
    name_zh         text,
    starts_on       date,
    phase_in_months int,
    indicator       text,
    constraint rollout_pkey primary key (site_id, rollout, version),
    constraint rollout_site_known foreign key (site_id) references site (site_id),
    constraint rollout_phase_in_possible check (phase_in_months between 0 and 24)
);
comment on table rollout is 'Fact: when a clinic begins with something that the programme rolls out; every version.';
comment on column rollout.site_id is 'The clinic.';
comment on column rollout.rollout is 'The programme''s code of the roll-out.';
comment on column rollout.version is 'Place in the order of storing, from 1; the file that arrived last counts (current_rollout).';
comment on column rollout.receipt_id is 'The load that brought it.';
comment on column rollout.line is 'Its line in that file.';
comment on column rollout.name is 'Name of the roll-out in English, or in the only language known.';
comment on column rollout.name_zh is 'Name in Chinese.';
comment on column rollout.starts_on is 'Day on which it begins at the clinic; null: not planned, the clinic stands beside the others.';
comment on column rollout.phase_in_months is 'Months from then on in which it is still being learnt, left out of estimates; null: none.';
comment on column rollout.indicator is 'The monthly indicator by which it is judged, fixed beforehand.';
create index rollout_by_receipt on rollout (receipt_id);
alter table rollout enable row level security;
create policy rollout_of_readers_sites on rollout for select using (
    site_id in (select unnest((select readable_sites()))));
create policy rollout_loaded on rollout to mmt_ingest using (true) with check (true);
grant select on rollout to mmt_web, mmt_analyst, mmt_ingest;
grant insert on rollout to mmt_ingest;
