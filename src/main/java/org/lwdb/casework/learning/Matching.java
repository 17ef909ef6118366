package org.lwdb.casework.learning;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds out whose rows the staged ones are, within the boards of the import: makes the table {@code
 * person}, a line for each learner that the file names, with the participant, or with the other
 * case that the address is known for; and of those that are clear the table {@code matched}.
 */
final class Matching {

  /** Rows that are nobody's, and those whose id is of one and whose address of another. */
  record Counts(int unmatched, int conflicts) {}

  private final JdbcClient jdbc;
  private final String[] boards;
  private final Instant now;

  Matching(JdbcClient jdbc, String[] boards, Instant now) {
    this.jdbc = jdbc;
    this.boards = boards;
    this.now = now;
  }

  Counts run() {
    casesInReach();
    knownAddresses();
    rememberedMatches();
    byExternalId();
    refuseConflicts();
    learnAddresses();
    byAddress();
    matched();
    return counts();
  }

  /**
   * Each case, and the participant whose rows it stands for: after moves, the last case's; of a
   * case that was merged into another, that one's.
   */
  private void casesInReach() {
    jdbc.sql(
            """
            create temp table reach on commit drop as
            with recursive went (case_id, on_as) as (
              select moved_from, id from participant where moved_from is not null
              union all
              select id, merged_into from participant where merged_into is not null),
            chain (case_id, participant_id) as (
              select p.id, p.id from participant p
               where p.board_id = any (:boards)
                 and not exists (select from went where went.case_id = p.id)
              union all
              select w.case_id, c.participant_id from chain c join went w on w.on_as = c.case_id)
            select c.case_id, c.participant_id, p.case_number, p.closed_at is null as open,
                   p.opened_at
              from chain c join participant p on p.id = c.participant_id
            """)
        .param("boards", boards)
        .update();
    jdbc.sql("analyze reach").update();
  }

  /** Each address; of several cases that know it, the open one, else the newest. */
  private void knownAddresses() {
    jdbc.sql(
            """
            create temp table known on commit drop as
            select distinct on (e.email collate "C") e.email, r.participant_id, r.case_number
              from participant_email e join reach r on r.case_id = e.participant_id
             order by e.email collate "C", r.open desc, r.opened_at desc, r.participant_id desc
            """)
        .update();
    jdbc.sql("analyze known").update();
  }

  /**
   * Learners that a person has matched; of several matches that within these boards, the latest.
   */
  private void rememberedMatches() {
    jdbc.sql(
            """
            create temp table remembered on commit drop as
            select distinct on (m.email, m.external_id) m.email, m.external_id, r.participant_id
              from matched_learner m join reach r on r.case_id = m.participant_id
             order by m.email, m.external_id, m.matched_at desc
            """)
        .update();
    jdbc.sql("analyze remembered").update();
  }

  /**
   * What a person has matched stays so. Else an external id that is anybody's case number decides,
   * in whatever board: its row is never given to somebody else by the address.
   */
  private void byExternalId() {
    jdbc.sql(
            """
            create temp table person on commit drop as
            select s.learner, s.name, s.email, s.external_id, lower(s.email) as address,
                   c.id is not null or m.participant_id is not null as named,
                   coalesce(m.participant_id, r.participant_id) as participant_id,
                   cast(null as text) as other_case, m.participant_id is not null as remembered
              from staged s
              left join participant c
                on s.external_id <> '' and c.case_number = upper(s.external_id)
              left join reach r on r.case_id = c.id
              left join remembered m
                on m.email = lower(s.email) and m.external_id = upper(s.external_id)
             where s.email is not null
            """)
        .update();
    jdbc.sql("analyze person (learner, external_id, address, participant_id)").update();
  }

  /** An id of one and an address of another: that is for a person to find out. */
  private void refuseConflicts() {
    jdbc.sql(
            """
            update person p set other_case = k.case_number
              from known k
             where k.email = p.address and p.participant_id is not null and not p.remembered
               and k.participant_id <> p.participant_id
               and not exists (
                 select from participant_email e join reach r on r.case_id = e.participant_id
                  where e.email = p.address and r.participant_id = p.participant_id)
            """)
        .update();
  }

  /** An address that stands beside an external id is that participant's, unless two claim it. */
  private void learnAddresses() {
    jdbc.sql(
            """
            with learned as (
              insert into participant_email (participant_id, email, source, added_at)
              select min(participant_id), address, 'COURSERA', :now from person
               where participant_id is not null and other_case is null and not remembered
                 and address ~ '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$'
               group by address having count(distinct participant_id) = 1
              on conflict do nothing
              returning participant_id, email)
            insert into known (email, participant_id) select email, participant_id from learned
            """)
        .param("now", Timestamp.from(now))
        .update();
  }

  private void byAddress() {
    jdbc.sql(
            """
            update person p set participant_id = k.participant_id
              from known k
             where k.email = p.address and not p.named
            """)
        .update();
  }

  private void matched() {
    jdbc.sql(
            """
            create temp table matched on commit drop as
            select learner, participant_id,
                   count(*) over (partition by participant_id) > 1 as several
              from person where participant_id is not null and other_case is null
            """)
        .update();
    jdbc.sql("analyze matched").update();
  }

  private Counts counts() {
    return jdbc.sql(
            """
            select count(*) filter (where other_case is null) as unmatched,
                   count(*) filter (where other_case is not null) as conflicts
              from staged join person using (learner)
             where participant_id is null or other_case is not null
            """)
        .query(Counts.class)
        .single();
  }
}
