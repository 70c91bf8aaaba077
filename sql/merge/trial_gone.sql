-- What is worked out anew ($1: clusters, delivery, people or stays) goes first: trials' records of the clinics in the table
-- concerned_trial.
with cluster as (
    delete from trial_cluster k using concerned_trial c where $1 = 'clusters' and (k.site_id, k.trial) = (c.site_id, c.trial)
), delivery as (
    delete from trial_delivery k using concerned_trial c where $1 = 'delivery' and (k.site_id, k.trial) = (c.site_id, c.trial)
), flow as (
    delete from trial_flow k using concerned_trial c where $1 = 'people' and (k.site_id, k.trial) = (c.site_id, c.trial)
), baseline as (
    delete from trial_baseline k using concerned_trial c where $1 = 'people' and (k.site_id, k.trial) = (c.site_id, c.trial)
), subject as (
    delete from trial_subject k using concerned_trial c where $1 = 'people' and (k.site_id, k.trial) = (c.site_id, c.trial)
), measure as (
    delete from trial_measure k using concerned_trial c where $1 = 'people' and (k.site_id, k.trial) = (c.site_id, c.trial)
), stay as (
    delete from trial_stay k using concerned_trial c where $1 = 'stays' and (k.site_id, k.trial) = (c.site_id, c.trial)
)
update programme set trial_loads = trial_loads + 1;
