-- The tables of Coursera Casework. The engine's own tables (ACT_*) are made by the engine, after these.
-- Instants are UTC; dates are New York dates. No table holds a Social Security number.

-- Reference data: the 33 local workforce development boards. The id is also the Camunda tenant's.
create table board (
  id        text primary key,
  lwdb_name text not null unique
);

create table board_county (
  board_id text not null references board,
  county   text not null,
  in_part  boolean not null default false, -- Nassau and Westchester are shared: the county alone does not decide
  primary key (board_id, county)
);

-- The register of a board's Coursera administrators (advisory, Action: two for each board).
create table administrator (
  id        bigint generated always as identity primary key,
  board_id  text not null references board,
  name      text not null,
  title     text,
  agency    text,
  email     text not null,
  phone     text,
  username  text,
  starts_on date not null,
  ends_on   date -- last day, included; null while in office
);
create index on administrator (board_id);

-- Whoever was referred, until the case is opened or the duplicate is decided; the payload is emptied then.
create table referral (
  id             bigint generated always as identity primary key,
  board_id       text not null references board,
  received_at    timestamptz not null,
  received_by    text not null,
  source         text not null, -- FORM, API, IMPORT, DEMO
  payload        jsonb,
  duplicate_of   bigint,        -- the participant that it probably is
  decision       text check (decision in ('NEW_CASE', 'SAME_PERSON')),
  decided_by     text,
  decided_at     timestamptz,
  participant_id bigint         -- the case opened, or the case that the referral was added to
);

create sequence case_number_seq start 100001;
create sequence person_seq start 1;

-- A participant's file: one row for each case.
create table participant (
  id                  bigint generated always as identity primary key,
  person_id           bigint not null default nextval('person_seq'), -- the same over a move to another board
  case_number         text not null unique,
  board_id            text not null references board,
  stage               text not null check (stage in
    ('REFERRED', 'ELIGIBILITY', 'OUTREACH', 'INVITATION', 'INVITED', 'LEARNING', 'CLOSED')),
  stage_since         timestamptz not null, -- arrival at the stage; waiting times count from here at the earliest
  first_name          text not null,
  last_name           text not null,
  email               text not null,        -- as given; compared in lower case
  phone               text,
  language            text not null default 'en',
  osos_id             text,
  date_of_birth       date,
  county              text,
  city                text,
  -- the answers that eligibility needs (our Attachment B); null: not answered
  employment_status   text,
  separation_date     date,
  separation_reason   text,
  employer            text,
  ui_status           text,
  likely_to_return    boolean,
  business_loss_cause text,
  displaced_homemaker boolean,
  military_spouse     boolean,
  covid_reason        text,
  weeks_unemployed    int,
  attested_on         date,
  documents_seen      text,
  -- what the table (or a person, with a reason) made of them
  eligibility_result  text check (eligibility_result in ('ELIGIBLE', 'NOT_ELIGIBLE', 'REVIEW', 'PENDING', 'CLOSED')),
  eligibility_bases   text[] not null default '{}',
  eligibility_version int,  -- version of the decision table
  eligibility_at      timestamptz,
  override_reason     text, -- set when a person decided
  override_by         text,
  outreach_answer     text check (outreach_answer in ('INTERESTED', 'NOT_INTERESTED', 'CALL_ME')),
  answered_at         timestamptz,
  invited_on          date,
  joined_at           timestamptz,
  learning_checked_at timestamptz, -- when the learning loop last looked at this case
  checked_in_at       timestamptz, -- when staff last checked in with the learner
  accountability      text not null default 'REPORTABLE_INDIVIDUAL'
    check (accountability in ('REPORTABLE_INDIVIDUAL', 'WIOA_PARTICIPANT')),
  accountability_since date not null,
  mails_stopped_at    timestamptz, -- the learner, or staff for the learner, stopped our mails
  opened_at           timestamptz not null,
  closed_at           timestamptz,
  closed_reason       text check (closed_reason in ('COMPLETED', 'LEARNING_ENDED', 'NOT_ELIGIBLE', 'DECLINED',
    'NOT_REACHED', 'NOT_ENROLLED', 'WITHDRAWN', 'MOVED', 'DUPLICATE', 'OTHER')),
  moved_from          bigint references participant
);
create index on participant (board_id, stage, opened_at);
create index on participant (board_id, lower(last_name), lower(first_name));
create index on participant (board_id, opened_at, id);
create index on participant (opened_at, id);
create index on participant (person_id);
create unique index on participant (moved_from);
create index on participant (board_id, osos_id) where osos_id is not null;

-- Every address that a participant is known by; Coursera's rows are matched by them.
create table participant_email (
  participant_id bigint not null references participant,
  email          text not null check (email = lower(email)),
  source         text not null, -- REFERRAL, CORRECTION, STAFF, COURSERA
  added_at       timestamptz not null,
  primary key (participant_id, email)
);
create index on participant_email (email);

-- Services received; an enrolling one makes the reportable individual a WIOA participant.
create table service_received (
  id             bigint generated always as identity primary key,
  participant_id bigint not null references participant,
  service        text not null,
  received_on    date not null,
  enrolling      boolean not null,
  recorded_by    text not null,
  recorded_at    timestamptz not null
);
create index on service_received (participant_id);

-- The story of a case, written as it happens; it outlives the engine's history.
create table timeline_entry (
  id             bigint generated always as identity primary key,
  participant_id bigint not null references participant,
  at             timestamptz not null,
  who            text not null, -- a user name, or: system, learner, coursera
  what           text not null, -- a short sentence
  detail         text,          -- from what to what, the note, the reason
  subject        text           -- what kind of thing changed (STAGE, ANSWER, MESSAGE ...), for figures
);
create index on timeline_entry (participant_id, id);

create table course (
  id      text primary key, -- Coursera's course id
  slug    text,
  name    text not null,
  kind    text not null default 'COURSE' check (kind in ('COURSE', 'SPECIALIZATION')),
  partner text,
  as_of   timestamptz not null default '-infinity' -- the latest activity beside which a report named it so
);

-- A participant and a course. Progress is that of the latest activity, whatever the order of the
-- reports; a completion is never undone.
create table enrollment (
  id               bigint generated always as identity primary key,
  participant_id   bigint not null references participant,
  course_id        text not null references course,
  program_slug     text not null default '',
  progress         numeric(5, 2) not null default 0, -- percent
  enrolled_at      timestamptz,
  last_activity_at timestamptz,
  completed        boolean not null default false,
  completed_at     timestamptz,
  grade            text,
  certificate_url  text,
  learning_hours   numeric(8, 2),
  removed          boolean not null default false, -- removed from the program
  first_seen_at    timestamptz not null,
  updated_at       timestamptz not null,
  unique (participant_id, course_id, program_slug)
);
create index on enrollment (course_id);

-- One import of one of Coursera's report files.
create table coursera_report (
  id              bigint generated always as identity primary key,
  kind            text not null check (kind in ('USAGE', 'COURSE_ACTIVITY', 'MEMBERSHIP', 'SPECIALIZATION')),
  file_name       text not null,
  digest          text not null, -- SHA-256 of the file
  boards          text[] not null, -- the boards whose participants it could touch
  imported_by     text not null,
  imported_at     timestamptz not null,
  rows            int not null,
  matched         int not null,
  unmatched       int not null,
  refused         int not null,
  newly_joined    int not null,
  newly_enrolled  int not null,
  newly_completed int not null,
  updated         int not null,
  unchanged       int not null
);
create index on coursera_report (imported_at);

-- Rows of a report that matched nobody, or were refused: kept as they came, for a person to look at.
create table coursera_report_row (
  report_id bigint not null references coursera_report on delete cascade,
  row       int not null,  -- counted from 1 without the header
  field     text,
  problem   text not null, -- UNMATCHED, or the sentence that says why it was refused
  content   jsonb not null,
  primary key (report_id, row)
);
create index on coursera_report_row (report_id, row) where problem <> 'UNMATCHED';

-- The inbox: what Coursera's reports tell the processes, in the order of its id, until it is delivered.
create table learning_news (
  id              bigint generated always as identity primary key,
  participant_id  bigint not null references participant,
  kind            text not null check (kind in ('JOINED', 'ENROLLED', 'COMPLETED')),
  enrollment_id   bigint references enrollment, -- the completed one
  created_at      timestamptz not null,
  delivered_at    timestamptz,
  attempts        int not null default 0,
  next_attempt_at timestamptz not null,
  detail          text -- why it has not been delivered yet
);
create index on learning_news (next_attempt_at, id) where delivered_at is null;
create index on learning_news (participant_id, id) where delivered_at is null;

-- The outbox: each mail is a row that is claimed before it is sent and settled after.
create table message (
  id              uuid primary key,     -- also the Message-ID
  participant_id  bigint references participant,
  person_id       bigint,               -- the cap on reminders counts a person, over moves
  board_id        text not null references board,
  template        text not null,
  reminder        boolean not null default false, -- counts against the cap, and is overtaken by events
  to_address      text not null,
  cc              text,
  subject         text not null,
  html            text,                 -- as sent; null until then
  plain_text      text,
  enrollment_id   bigint references enrollment, -- the course it speaks of
  data            jsonb not null default '{}',  -- what else the template shows
  once_key        text,                 -- the same key is never queued twice
  queued_at       timestamptz not null,
  queued_by       text not null,
  state           text not null check (state in
    ('QUEUED', 'CLAIMED', 'ACCEPTED', 'BOUNCED', 'SUPPRESSED', 'WITHDRAWN', 'FAILED')),
  state_at        timestamptz not null,
  detail          text,
  attempts        int not null default 0,
  send_after      timestamptz not null, -- quiet hours, the cap, and pauses after a failure
  claimed_by      text,
  claimed_until   timestamptz,          -- the claim's lease
  sending_at      timestamptz           -- set just before the SMTP server is spoken to
);
create unique index on message (once_key);
create index on message (send_after) where state in ('QUEUED', 'FAILED');
create index on message (claimed_until) where state = 'CLAIMED';
create index on message (participant_id, queued_at);
create index on message (person_id, queued_at) where reminder;

-- Addresses that nothing is sent to: they bounced.
create table suppressed_address (
  email  text primary key check (email = lower(email)),
  reason text not null,
  since  timestamptz not null
);

-- The keys that learners' links are signed with; the newest signs, all verify.
create table link_key (
  id         bigint generated always as identity primary key,
  secret     bytea not null,
  created_at timestamptz not null
);

-- What staff owe OSOS. Outlives the case; its id is the business key of its process.
create table osos_entry (
  id              bigint generated always as identity primary key,
  participant_id  bigint not null references participant,
  board_id        text not null references board,
  kind            text check (kind in
    ('REFERRED_TO_COURSERA_ENROLLMENT', 'CREDENTIAL', 'MEASURABLE_SKILL_GAIN', 'SERVICE_END')),
  -- UNDECIDED: a completed course whose outcome a person has yet to decide (kind is null); NOTHING_OWED: decided so
  state           text not null check (state in ('UNDECIDED', 'NOTHING_OWED', 'OPEN', 'ENTERED', 'CANCELLED')),
  enrollment_id   bigint references enrollment,
  occurred_on     date not null,  -- the date that goes into OSOS: enrollment, completion, end
  due_on          date not null,
  backlog         boolean not null default false, -- enrolled before OSOS had the activity (2020-12-10)
  outcome_type    text,           -- credential type, or type of measurable skill gain
  evidence        text,
  decided_by      text,
  decided_at      timestamptz,
  entered_on      date,
  entered_by      text,
  entered_at      timestamptz,
  confirmation    text,
  comment         text,
  escalated_at    timestamptz,
  created_at      timestamptz not null
);
create index on osos_entry (board_id, state, due_on);
create index on osos_entry (participant_id);
create unique index on osos_entry (participant_id, kind)
  where kind in ('REFERRED_TO_COURSERA_ENROLLMENT', 'SERVICE_END') and state <> 'CANCELLED';
create unique index on osos_entry (enrollment_id) where enrollment_id is not null
  and (kind is null or kind in ('CREDENTIAL', 'MEASURABLE_SKILL_GAIN'));

-- Problems with a participant's Coursera account; a task for the Coursera administrators each.
create table account_problem (
  id             bigint generated always as identity primary key,
  participant_id bigint not null references participant,
  kind           text not null check (kind in ('TROUBLE', 'INACTIVATE')),
  description    text,
  reported_by    text not null,
  reported_at    timestamptz not null,
  cause          text,
  result         text,
  dealt_with_by  text,
  dealt_with_at  timestamptz
);
create index on account_problem (participant_id);
