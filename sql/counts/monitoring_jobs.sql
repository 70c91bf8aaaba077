-- For /metrics: the unattended jobs.
select 'mmt_job_alert' as metric, j.name as label, count(a.job) as value
from job j
left join job_alert a on a.job = j.name
group by j.name
union all
select 'mmt_job_last_run_timestamp_seconds', job, extract(epoch from max(finished_at))::bigint
from job_history group by job
union all
select 'mmt_job_last_success_timestamp_seconds', job, extract(epoch from max(finished_at))::bigint
from job_history where outcome = 'completed' group by job
union all
select 'mmt_job_running', j.name, count(h.job)
from job j
left join job_history h on h.job = j.name and h.outcome = 'running'
group by j.name
order by metric, label;
