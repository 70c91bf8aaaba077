-- The target of each indicator in force in a month ($1), under the definition that is shown; none where it was taken back.
select t.indicator, t.value, t.version, t.source
from (select distinct on (t.indicator) t.*
      from target t
      join definition d on (d.indicator, d.version) = (t.indicator, t.definition_version) and d.is_current
      where t.in_force_from <= $1::date
      order by t.indicator, t.version desc) as t
where t.value is not null
order by t.indicator;
