-- Valid rows of {kind} (table staging) into {table}. A row that says what the current version of its key says is
-- unchanged; one that differs becomes the next version. Earlier versions stay. Where the order of arrival is not that
-- of merging, a row that is unchanged becomes a version too: an earlier file that is still to be merged may say otherwise,
-- and this one is newer. The words in braces are filled in from the kind's declaration (KeyedStatement.swift).
-- $1 receipt_id; the counts go onto the receipt.
with overtaken as materialized (
    select exists (select from receipt where outcome = 'started' and receipt_id < $1::int) as any_file
), staged as (
    select s.line, {named} {from}
), compared as (
    select staged.*, known.receipt_id is not null as is_known, known.receipt_id as known_receipt,
           (select max(r.version) from {table} r where {same.key}) as known_version,
           ({staged.fields}) is not distinct from ({known.fields}) as is_same
    from staged
    left join current_{table} known using ({key})
), stored as (
    insert into {table} ({key}, version, receipt_id, line, {fields})
    select {key}, coalesce(known_version, 0) + 1, $1::int, line, {fields}
    from compared
    where not (is_known and is_same) or known_receipt > $1::int or (select any_file from overtaken)
)
select count(*) filter (where not is_known)             as inserted,
       count(*) filter (where is_known and not is_same) as changed,
       count(*) filter (where is_known and is_same)     as unchanged
from compared;
