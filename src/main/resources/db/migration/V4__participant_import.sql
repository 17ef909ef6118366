-- A file of people who are referred: CSV, Excel, or a zip of one of these. The file itself is not kept.
create table participant_import (
  id              bigint generated always as identity primary key,
  boards          text[] not null, -- of the person who sent it: its rows stay in these, and who has all of them sees it
  board_id        text references board, -- that of rows which name none
  file_name       text not null,
  digest          text not null,   -- SHA-256 of the file
  columns         text[] not null, -- headers of the columns that are read, as in the file
  ignored_columns text[] not null,
  imported_by     text not null,   -- in whose name the cases are opened
  imported_at     timestamptz not null,
  rows            int not null default 0,
  accepted        int not null default 0,
  refused         int not null default 0,
  duplicates      int not null default 0,
  finished_at     timestamptz,     -- null while rows are waiting
  unique nulls not distinct (digest, boards, board_id)
);
create index on participant_import (imported_at);
create index on participant_import (id) where finished_at is null;

create table participant_import_row (
  import_id   bigint not null references participant_import,
  row         int not null,        -- counted from 1 without the header
  board_id    text references board, -- null: refused before the board was known
  key         text,                -- SHA-256 of the referral: the same again makes no second case, and no task
  -- DUPLICATE: probably somebody who has a case, a person decides; IDENTICAL: the same row was taken in before
  state       text not null check (state in ('WAITING', 'ACCEPTED', 'DUPLICATE', 'IDENTICAL', 'REFUSED')),
  referral    jsonb,               -- while it is waiting; emptied then
  case_number text,                -- the case that was opened, or that the person (probably) has already
  cells       text[],              -- of a refused row: what stands below the columns, until retention ends
  problems    jsonb,               -- and what is wrong, as [{field, message}]
  attempts    int not null default 0, -- that failed by no fault of the row's
  try_after   timestamptz,
  primary key (import_id, row)
);
create index on participant_import_row (import_id, board_id, row) where state = 'WAITING';
create index on participant_import_row (board_id, key) where state in ('ACCEPTED', 'DUPLICATE');
create index on participant_import_row (import_id, row) where cells is not null;
