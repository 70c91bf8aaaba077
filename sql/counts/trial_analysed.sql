-- How many participants of a trial ($1) count in the analysis of an outcome ($2 role, $3 code) at a visit ($4), by clinic: measured
-- then, and known in what the plan adjusts for ($5, such as baseline;age;female). Nothing for who does not read outcomes.
select m.site_id, count(*) as people
from trial_measure m
join trial_subject s using (site_id, trial, role, subject)
left join trial_measure b on (b.site_id, b.trial, b.role, b.subject, b.outcome, b.visit_month, b.status)
                           = (m.site_id, m.trial, m.role, m.subject, m.outcome, 0, 'done')
where m.trial = $1 and m.role = $2 and m.outcome = $3 and m.visit_month = $4::int and m.status = 'done'
  and ('baseline' <> all (string_to_array($5, ';')) or b.subject is not null)
  and ('age' <> all (string_to_array($5, ';')) or s.age is not null)
  and ('female' <> all (string_to_array($5, ';')) or s.female is not null)
group by m.site_id
order by m.site_id;
