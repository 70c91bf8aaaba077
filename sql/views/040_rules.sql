-- For analysts: the rules, in words and as formulas.

create or replace view rule_in_words with (security_invoker = true) as
select r.rule, r.code, r.severity, r.owner, r.form,
       case when r.form = 'linear' then
           concat_ws(' ', coalesce(sides.of_left, '0'), r.comparison, sides.of_right,
                     case when sides.of_right is null then r.constant::text
                          when r.constant > 0 then '+ ' || r.constant
                          when r.constant < 0 then '− ' || -r.constant end)
       end as formula,
       r.in_force_from, r.is_active, r.enforced_by_schema,
       coalesce(en.text, r.text_en) as sentence, coalesce(zh.text, r.text_zh, r.text_en) as sentence_zh
from quality_rule r
cross join lateral (
    select ltrim(string_agg(term, '' order by month_offset desc, place) filter (where side = 'left'), ' +') as of_left,
           ltrim(string_agg(term, '' order by month_offset desc, place) filter (where side = 'right'), ' +') as of_right
    from (
        select t.side, t.month_offset, array_position(monthly_fields(), t.field) as place,
               case when t.weight < 0 then ' − ' else ' + ' end
               || concat_ws(' × ', nullif(abs(t.weight), 1), t.field,
                            case when t.per_day_of_month then 'days of the month' end)
               || case t.month_offset when -1 then ' of the month before' else '' end as term
        from quality_term t where t.rule = r.rule) as written) as sides
left join wording en on en.language = 'en'
    and en.key = case r.severity when 'refuse' then 'defect.' else 'flag.' end || r.code
left join wording zh on zh.language = 'zh'
    and zh.key = case r.severity when 'refuse' then 'defect.' else 'flag.' end || r.code;
comment on view rule_in_words is
    'The rules that reports are held against (quality_rule), each with its formula and its sentence.';
comment on column rule_in_words.formula is 'What must hold, in columns of monthly_report; null for a rule that is built in.';
comment on column rule_in_words.sentence is 'What is said where it is broken, in English.';
comment on column rule_in_words.sentence_zh is 'What is said where it is broken, in Chinese.';

grant select on rule_in_words to mmt_web, mmt_analyst, mmt_ingest;
