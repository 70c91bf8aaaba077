-- Where trials were stored before there were the tables of their records, those of every clinic are to be worked out (into table
-- concerned_trial).
insert into concerned_trial (site_id, trial)
select distinct site_id, trial from allocation where not exists (select from trial_cluster);
