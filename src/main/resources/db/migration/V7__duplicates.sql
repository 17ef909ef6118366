-- Whose rows of Coursera's reports are, and which cases are of one person: what people decide is remembered.

-- Names that resemble each other. A trusted extension: whoever may create in the database may create it.
create extension if not exists pg_trgm;

-- Learners that a person has matched: rows with exactly this address and this external id are the participant's,
-- whatever else the id or the address says. An address alone is remembered in participant_email.
create table matched_learner (
  participant_id bigint not null references participant,
  email          text not null check (email = lower(email)),             -- empty: rows without an address
  external_id    text not null check (external_id = upper(external_id)), -- empty: rows without an external id
  matched_by     text not null,
  matched_at     timestamptz not null,
  primary key (email, external_id, participant_id)
);
create index on matched_learner (participant_id);

-- Learners that nobody is to look at again, in the reports of just these boards; their rows stay, and are matched
-- when their address comes to be known.
create table ignored_learner (
  boards      text[] not null,
  email       text not null check (email = lower(email)),
  external_id text not null check (external_id = upper(external_id)),
  reason      text not null,
  ignored_by  text not null,
  ignored_at  timestamptz not null,
  primary key (email, external_id, boards)
);

-- A row whose external id is one participant's and whose address is known for another waits too, for a person.
alter table unmatched_row add other_case text; -- the case that the address is known for; null if nothing contradicts
create index on unmatched_row (lower(email), upper(external_id));
drop index unmatched_row_lower_idx;

-- A case that turned out to be of the same person as another of its board, and was merged into that.
alter table participant add merged_into bigint references participant check (merged_into <> id);
create index on participant (merged_into) where merged_into is not null;

-- Of each person's cases the one of today: neither moved to another board nor merged into another case.
create view current_case as
  select distinct on (person_id) person_id, id, board_id
    from participant p
   order by person_id,
            merged_into is null and not exists (select from participant n where n.moved_from = p.id) desc,
            id desc;

-- What cases of one person have in common, and what participants resemble an unmatched learner by.
create index on participant (board_id, date_of_birth) where date_of_birth is not null;
create index on participant_email (split_part(email, '@', 1));

-- Pairs of cases that look like one person, and are not: somebody has decided so.
create table different_people (
  one        bigint not null references participant,
  other      bigint not null references participant,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (one, other),
  check (one < other)
);
create index on different_people (other);

create index on referral (board_id, id) where duplicate_of is not null and decision is null;
create index on referral (duplicate_of) where decision is null;

-- After a merge both cases' entries stand in one file: only those still open may not be there twice. What was
-- settled is looked at, over all cases of the person, before anything is owed.
drop index osos_entry_participant_id_kind_idx;
create unique index on osos_entry (participant_id, kind)
  where kind in ('REFERRED_TO_COURSERA_ENROLLMENT', 'SERVICE_END') and state = 'OPEN';
drop index osos_entry_enrollment_id_idx;
create unique index on osos_entry (enrollment_id)
  where (kind is null or kind in ('CREDENTIAL', 'MEASURABLE_SKILL_GAIN')) and state in ('UNDECIDED', 'OPEN');
create index on osos_entry (enrollment_id) where enrollment_id is not null;
create index on message (enrollment_id) where enrollment_id is not null;
