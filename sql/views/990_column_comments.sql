-- A view's column that is a table's column means what it means there: it takes that comment, unless it has its own.
do $$
declare
    bare record;
begin
    for bare in
        select v.relname as view, a.attname as name, meaning.comment
        from pg_class v
        join pg_attribute a on a.attrelid = v.oid and a.attnum > 0
        cross join lateral (
            select col_description(t.oid, b.attnum) as comment
            from pg_class t
            join pg_attribute b on b.attrelid = t.oid and b.attname = a.attname and b.attnum > 0
            where t.relnamespace = 'mmt'::regnamespace and t.relkind in ('r', 'v')
              and col_description(t.oid, b.attnum) is not null
            -- Reports first: "month" is a report's month before it is the calendar's.
            order by t.relkind, array_position(
                array['monthly_report', 'indicator_count', 'indicator_definition', 'receipt', 'rejected_row',
                      'row_defect', 'report_flag', 'site']::name[], t.relname)
            limit 1
        ) as meaning
        where v.relnamespace = 'mmt'::regnamespace and v.relkind = 'v' and col_description(v.oid, a.attnum) is null
    loop
        execute format('comment on column %I.%I is %L', bare.view, bare.name, bare.comment);
    end loop;
end
$$;
