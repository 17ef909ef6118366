-- The outbox as a board's staff look at it, the latest first; what was not delivered is looked for most.
create index on message (board_id, queued_at desc, id);
create index on message (board_id, state_at) where state in ('FAILED', 'BOUNCED');
