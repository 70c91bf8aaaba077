-- A correction whose file lacks columns says nothing of them: it keeps what was known of them when its file arrived. A
-- blank in a column that the file has is another thing: there the sender says that it is not reported.
-- Into staging; $1 receipt_id. The words in braces are filled in from the kind's declaration and the file's header
-- (KeyedStatement.swift). The rows that come back keep something and correct something: they are held to the rules anew.
with staged as (
    select s.line, {named} {from}
), corrected as (
    select staged.line, {known.absent}, ({staged.present}) is distinct from ({known.present}) as is_changed
    from staged
    cross join lateral (
        select r.* from {table} r
        where {same.key} and r.receipt_id < $1::int
        order by r.receipt_id desc
        limit 1) as known
    where num_nonnulls({known.absent}) > 0
), kept as (
    update staging s set {set.absent}
    from corrected c
    where c.line = s.line
    returning s.*, c.is_changed
)
select * from kept where is_changed order by line;
