-- The linear rules that refuse a row by what stands in that row alone, one line a term: those of the database's own
-- checks (enforced_by_schema) and those that only the loader holds. Every term of a rule stands under it, in order.
select r.rule, r.code, r.comparison, r.constant, to_char(r.in_force_from, 'YYYY-MM-DD') as in_force_from,
       r.enforced_by_schema, r.text_en, r.text_zh, t.side, t.field, t.weight, t.per_day_of_month, t.blank_is_zero
from quality_rule r
join quality_term t using (rule)
where r.kind = 'monthly' and r.severity = 'refuse' and r.form = 'linear' and r.is_active
  and not exists (select from quality_term o where o.rule = r.rule and o.month_offset <> 0)
order by r.rule, t.side, array_position(monthly_fields(), t.field);
