-- Every version of every definition, the newest first: of indicators by their formulas in columns of the monthly report, and of
-- retention from client records by what is followed (entrants or everybody), for how many months, under which rule.
select indicator, version, to_char(in_force_from, 'YYYY-MM-DD') as in_force_from, per, numerator, denominator, source,
       null as rule, null as follows, null::int as window_months, null::int as fewest_at_risk
from definition
union all
select 'retention', version, to_char(in_force_from, 'YYYY-MM-DD'), null, null, null, source, rule, follows, window_months,
       fewest_at_risk
from retention_definition
order by indicator, version desc;
