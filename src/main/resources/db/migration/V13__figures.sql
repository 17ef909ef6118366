-- Figures for supervisors and for monitoring.

-- How long cases stay at each step is read from the entries that end a stay, without their pages.
create index timeline_entry_stay on timeline_entry (participant_id, id) include (at, detail)
  where subject in ('STAGE', 'CLOSED');

-- Mails that did not go out, among all that did.
create index message_trouble on message (board_id, state) where state in ('FAILED', 'BOUNCED');
