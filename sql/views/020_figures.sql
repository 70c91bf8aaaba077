-- For analysts: the figures on the pages, and the words that go with them.

create or replace view definition with (security_invoker = true) as
select d.indicator, d.version, en.text as name, zh.text as name_zh, d.kind, d.per, d.window_months, d.higher_is,
       (select string_agg(case when t.weight = 1 then '' else t.weight || ' × ' end
                          || case t.fold when 'sum' then '' else t.fold || ' ' end || t.field, ' + ' order by t.field)
        from indicator_term t
        where (t.indicator, t.version, t.part) = (d.indicator, d.version, 'numerator')) as numerator,
       (select string_agg(case when t.weight = 1 then '' else t.weight || ' × ' end
                          || case t.fold when 'sum' then '' else t.fold || ' ' end || t.field, ' + ' order by t.field)
        from indicator_term t
        where (t.indicator, t.version, t.part) = (d.indicator, d.version, 'denominator')) as denominator,
       d.in_force_from, d.version = max(d.version) over (partition by d.indicator) as is_current, d.source, d.place
from indicator_definition d
left join wording en on en.language = 'en' and en.key = 'indicator.' || d.indicator || '.name'
left join wording zh on zh.language = 'zh' and zh.key = 'indicator.' || d.indicator || '.name'
where d.in_force_from <= current_date;
comment on view definition is 'Every version of every indicator''s definition, with its formula in columns of monthly_report.';
comment on column definition.numerator is 'The formula of the numerator.';
comment on column definition.denominator is 'The formula of the denominator; null for a count.';
comment on column definition.is_current is 'True for the version that the pages show.';

create or replace view figure with (security_invoker = true) as
select s.code as site, s.name as site_name, g.code as region, c.month, c.indicator, c.version,
       c.numerator, c.denominator, d.per, round(d.per * c.numerator / nullif(c.denominator, 0), 6) as figure,
       r.receipt_id, r.line, s.provenance, c.site_id
from indicator_count c
join site s using (site_id)
join region g using (region_id)
join definition d on (d.indicator, d.version) = (c.indicator, c.version) and d.is_current
left join current_report r on (r.site_id, r.month) = (c.site_id, c.month);
comment on view figure is
    'Each indicator by clinic and month, under the definition in force: the counts, and the figure of the page '
    '(per × numerator / denominator, without its interval). Join receipt_id to report for the file and line. '
    'For a region or the programme add numerators and denominators first, then divide.';
comment on column figure.figure is 'per × numerator / denominator; null where either is not reported or the denominator is 0.';
comment on column figure.receipt_id is 'The load that brought the month''s current report.';
comment on column figure.line is 'Its line in the file.';

create or replace view quarantine with (security_invoker = true) as
select q.receipt_id, c.file_name, q.line, s.code as site, q.month, d.column_name, d.value, d.code,
       replace(replace(replace(coalesce(en.text, own.text_en), '{column}', coalesce(d.column_name, '')),
               '{value}', coalesce(d.value, '')), '{expected}', coalesce(d.expected, '')) as sentence,
       replace(replace(replace(coalesce(zh.text, own.text_zh, own.text_en), '{column}', coalesce(d.column_name, '')),
               '{value}', coalesce(d.value, '')), '{expected}', coalesce(d.expected, '')) as sentence_zh,
       q.cells, q.superseded_by, q.site_id, q.closed_at
from rejected_row q
join receipt c using (receipt_id)
join row_defect d on (d.receipt_id, d.line) = (q.receipt_id, q.line)
left join site s using (site_id)
left join wording en on en.language = 'en' and en.key = 'defect.' || d.code
left join wording zh on zh.language = 'zh' and zh.key = 'defect.' || d.code
-- The programme's own rules bring their sentences, which flags say as well.
left join lateral (
    select replace(replace(q.text_en, '{seen}', '{value}'), '{field}', '{column}') as text_en,
           replace(replace(q.text_zh, '{seen}', '{value}'), '{field}', '{column}') as text_zh
    from quality_rule q where q.code = d.code and q.text_en is not null
    order by q.rule limit 1) as own on true;
comment on view quarantine is
    'Every fault of every refused row: file, line, column, value, code and sentence. Open while superseded_by '
    'and closed_at are null.';
comment on column quarantine.cells is 'The whole row as it was written.';

create or replace view flag with (security_invoker = true) as
select s.code as site, s.name as site_name, f.month, f.version, f.code, f.seen, f.expected,
       replace(replace(replace(coalesce(en.text, own.text_en), '{seen}', coalesce(f.seen::text, '')),
               '{expected}', coalesce(f.expected::text, '')),
               '{field}', coalesce(field_en.text, f.field, '')) as sentence,
       replace(replace(replace(coalesce(zh.text, own.text_zh, own.text_en), '{seen}', coalesce(f.seen::text, '')),
               '{expected}', coalesce(f.expected::text, '')),
               '{field}', coalesce(field_zh.text, f.field, '')) as sentence_zh,
       f.site_id, f.field
from report_flag f
join current_report r using (site_id, month, version)
join site s using (site_id)
left join wording en on en.language = 'en' and en.key = 'flag.' || f.code
left join wording zh on zh.language = 'zh' and zh.key = 'flag.' || f.code
left join wording field_en on field_en.language = 'en' and field_en.key = 'column.monthly.' || f.field
left join wording field_zh on field_zh.language = 'zh' and field_zh.key = 'column.monthly.' || f.field
-- The programme's own rules bring their sentences.
left join lateral (
    select q.text_en, q.text_zh from quality_rule q where q.code = f.code and q.text_en is not null
    order by q.rule limit 1) as own on true;
comment on view flag is 'The flags of the current reports, in words: numbers that were accepted and do not fit.';

grant select on current_report, standing_report, report, expected_report, completeness, definition, figure, flag
    to mmt_web, mmt_analyst, mmt_ingest;
-- No page shows a refused row whole.
grant select on quarantine to mmt_analyst, mmt_ingest;
revoke select on quarantine from mmt_web;

comment on column definition.name is 'Name in English.';
comment on column definition.name_zh is 'Name in Chinese.';
comment on column definition.version is 'Version of the definition.';
comment on column figure.version is 'Version of the indicator''s definition.';
comment on column figure.site is 'Code of the clinic.';
comment on column figure.site_name is 'Its name in English, or the only one known.';
comment on column figure.region is 'Code of its region.';
comment on column quarantine.site is 'Code of the clinic, where the row names one that is known.';
comment on column quarantine.sentence is 'What is wrong, in English.';
comment on column quarantine.sentence_zh is 'What is wrong, in Chinese.';
comment on column flag.site is 'Code of the clinic.';
comment on column flag.site_name is 'Its name in English, or the only one known.';
comment on column flag.sentence is 'What does not fit, in English.';
comment on column flag.sentence_zh is 'What does not fit, in Chinese.';
