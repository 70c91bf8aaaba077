-- Which clinics of which trials the rows of a receipt ($1) concern (into table concerned_trial): those that they are of; all of a
-- trial whose protocol they change; and where they tell of stays, the clinic's trials.
insert into concerned_trial (site_id, trial)
select site_id, trial from allocation where receipt_id = $1::int
union
select site_id, trial from participant where receipt_id = $1::int and trial <> ''
union
select site_id, trial from assessment where receipt_id = $1::int and trial <> ''
union
select site_id, trial from session where receipt_id = $1::int and trial <> ''
union
select a.site_id, a.trial from allocation a where a.trial in (select trial from trial_protocol where receipt_id = $1::int)
union
select a.site_id, a.trial from allocation a where a.site_id in (select site_id from episode where receipt_id = $1::int);
