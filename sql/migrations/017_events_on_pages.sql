-- Pages show what was registered: what happened, when, why, and whether baselines begin anew. Who answers for an entry
-- stays with the register.
grant select (event, kind, site_id, region_id, happened_on, ended_on, reason, rebases, receipt_id) on event to mmt_web;
