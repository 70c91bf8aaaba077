-- One receipt ($1), whole.
select c.receipt_id, c.kind, c.file_name, c.sha256, c.byte_count,
       to_char(programme_time(c.received_at), 'YYYY-MM-DD HH24:MI') as received_at, c.outcome, c.history,
       c.encoding, c.encoding_evidence ->> 'code' as evidence, c.encoding_evidence ->> 'bytes' as evidence_bytes,
       c.encoding_evidence ->> 'offset' as evidence_offset,
       c.rows_received, c.rows_inserted, c.rows_changed, c.rows_unchanged, c.rows_rejected, c.rows_flagged,
       array_to_string(c.columns_unknown, ', ') as columns_unknown,
       array_to_string(c.columns_missing, ', ') as columns_missing, c.repeats, c.refusal,
       c.source, c.sender, c.format, c.sheet, c.takes, c.notices
from receipt c
where c.receipt_id = $1;
