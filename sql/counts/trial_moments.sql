-- A score of a trial ($1, $2 role, $3 outcome) as estimators need it: for each clinic and each pattern of visits at which there is a
-- value, the sums of all products of pairs among 1, the covariates ($4: age, female) and the values. The product of 1 with itself
-- is how many people have the pattern. $5: without what was measured far from its day. Who lacks a covariate is left out.
with course as (
    select m.site_id, array_agg(m.visit_month order by m.visit_month) as visits,
           array_agg(m.value::numeric order by m.visit_month) as scores,
           s.age, s.female
    from trial_measure m
    join trial_subject s using (site_id, trial, role, subject)
    where m.trial = $1 and m.role = $2 and m.outcome = $3 and m.status = 'done' and not (m.is_doubtful and $5::boolean)
    group by m.site_id, m.subject, s.age, s.female
), vector as (
    select site_id, visits,
           array[1::numeric]
           || case when 'age' = any ($4::text[]) then array[age::numeric] else '{}' end
           || case when 'female' = any ($4::text[]) then array[female::numeric] else '{}' end
           || scores as z
    from course
)
select site_id, visits, a.place as first, b.place as second, sum(a.value * b.value)::float8 as product
from vector
cross join lateral unnest(z) with ordinality as a (value, place)
join lateral unnest(z) with ordinality as b (value, place) on b.place >= a.place
where array_position(z, null) is null
group by site_id, visits, a.place, b.place
order by site_id, visits, a.place, b.place;
