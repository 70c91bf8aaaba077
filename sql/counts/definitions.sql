-- The definitions in force, in their order on pages.
select indicator, version, kind, per, window_months, higher_is, numerator, denominator, source,
       to_char(in_force_from, 'YYYY-MM-DD') as in_force_from
from definition
where is_current
order by place;
