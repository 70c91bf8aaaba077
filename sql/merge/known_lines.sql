-- The same bytes once more, because some of their rows were refused then ($1 is this receipt): lines that were accepted
-- the last time are known, and are not merged again. What has been corrected since stays corrected.
with earlier as (
    select max(before.receipt_id) as receipt_id
    from receipt before
    join receipt this using (sha256)
    where this.receipt_id = $1::int and before.receipt_id < this.receipt_id and before.outcome = 'partly_loaded'
), known as (
    delete from staging s
    using earlier
    where earlier.receipt_id is not null
      and not exists (
          select from rejected_row q where q.receipt_id = earlier.receipt_id and q.line = s.line)
    returning 1
)
select count(*) as known from known;
