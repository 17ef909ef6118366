-- The desk.

-- Search as you type: any part of a name, a number or an address, over all boards.
create extension if not exists pg_trgm;
create index participant_search on participant using gin (
  (lower(first_name || ' ' || last_name || ' ' || case_number || ' ' || coalesce(osos_id, ''))) gin_trgm_ops);
create index participant_email_search on participant_email using gin (email gin_trgm_ops);

-- What changed since yesterday: entries are written in the order of time.
create index on timeline_entry using brin (at) with (autosummarize = on);

-- Filters that a person keeps under a name.
create table saved_view (
  username text not null,
  name     text not null,
  page     text not null,     -- the page of the desk, such as /desk/participants
  query    text not null,     -- the page's query as it stands in the address
  saved_at timestamptz not null,
  primary key (username, page, name)
);
