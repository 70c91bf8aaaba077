-- The rules that reports are held against, those that refuse first.
select rule, code, severity, owner, form, formula, to_char(in_force_from, 'YYYY-MM-DD') as in_force_from, is_active,
       enforced_by_schema, sentence, sentence_zh
from rule_in_words
order by severity desc, enforced_by_schema desc, rule;
