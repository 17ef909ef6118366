-- The change of Coursera administrator (advisory, Action, and its Attachment A), the board's own timeline, and the
-- one-time links with which new people set their first password.

-- Attachment A as it was asked for, decided, sent and confirmed. A decision of this table is never in the engine alone.
create table administrator_change (
  id                  bigint generated always as identity primary key, -- also the business key of its process
  board_id            text not null references board,
  kind                text not null check (kind in ('REPLACE', 'ADD', 'REMOVE', 'CORRECT')),
  state               text not null check (state in
    ('REQUESTED', 'RETURNED', 'REFUSED', 'APPROVED', 'SENT', 'CONFIRMED', 'IN_EFFECT', 'WITHDRAWN')),
  administrator_id    bigint references administrator, -- who leaves, or whose entry is corrected; null for ADD
  outgoing_name       text,          -- as the register had it when it was asked for
  outgoing_email      text,
  outgoing_phone      text,
  last_day            date,          -- included; null unless somebody leaves
  incoming_name       text,          -- of a correction: the new values, null where nothing changes
  incoming_title      text,
  incoming_agency     text,
  incoming_email      text,
  incoming_phone      text,
  incoming_coursera   boolean,       -- has a Coursera account already; null: not said
  start_date          date,
  note                text,
  requested_by        text not null, -- user names; the names and titles beside them stand in the document
  requested_by_name   text not null,
  requested_by_title  text not null,
  requested_at        timestamptz not null,
  submitted_at        timestamptz not null, -- the last time: after a correction the deadlines begin again
  corrected_by        text,          -- who submitted it again
  round               int not null default 1, -- how often it was submitted
  decided_by          text,
  decided_by_name     text,
  decided_by_title    text,
  decided_at          timestamptz,
  reason              text,          -- of the last refusal or return, the board's or NYSDOL's
  attachment_a        bytea,         -- the PDF as it was sent
  sent_at             timestamptz,   -- when the SMTP server took it
  confirmed_by        text,
  confirmed_at        timestamptz,
  acknowledged_on     date,          -- date of NYSDOL's mail, where the board recorded it
  outgoing_ended_at   timestamptz,
  incoming_started_at timestamptz
);
create index on administrator_change (board_id, id desc);
create index on administrator_change (state, id desc);

alter table administrator
  add column came_with bigint references administrator_change, -- null: an operator put the person into the register
  add column left_with bigint references administrator_change, -- null while in office
  add column ended_at  timestamptz; -- when the access ended; on the last day already, if that was today or past
create index on administrator (lower(email));

-- What happened to a board as such, written as it happens.
create table board_timeline_entry (
  id                      bigint generated always as identity primary key,
  board_id                text not null references board,
  administrator_change_id bigint references administrator_change,
  at                      timestamptz not null,
  who                     text not null, -- a user name, or: system
  what                    text not null,
  detail                  text
);
create index on board_timeline_entry (board_id, id);
create index on board_timeline_entry (administrator_change_id, id);

-- A mail may speak of a change, and carry a document.
alter table message
  add column administrator_change_id bigint references administrator_change,
  add column attachment_name text,
  add column attachment      bytea; -- a PDF
create index on message (administrator_change_id, queued_at) where administrator_change_id is not null;

-- One-time links of new people; the link itself is in their mail alone.
create table first_password (
  token_hash bytea primary key, -- SHA-256
  username   text not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);

-- The weeks in which a board was warned of having fewer than two administrators: each is claimed once.
create table too_few_administrators (
  board_id text not null references board,
  week_of  date not null, -- its Monday
  primary key (board_id, week_of)
);
