-- The order in which files arrive, where they are not merged in it.

-- Whether a file that arrived earlier is still to be merged: asked by each merge, and the answer is nearly always no.
create index receipt_started on receipt (receipt_id) where outcome = 'started';
