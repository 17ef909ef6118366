package org.lwdb.casework.learning;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.lwdb.casework.CurrentUser;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the matched rows of a membership report into the participants' files: who was invited, who
 * has joined, and who was removed. Of the dates the earliest counts, of the states that of the
 * latest date.
 */
final class Memberships {

  private final JdbcClient jdbc;
  private final OffsetDateTime now;

  Memberships(JdbcClient jdbc, Instant now) {
    this.jdbc = jdbc;
    this.now = now.atOffset(ZoneOffset.UTC);
  }

  /** Returns how many people have newly joined. */
  int run() {
    states();
    invited();
    tellThatTheyJoined();
    return joined();
  }

  /** A later state replaces an earlier one; of the same date the one that comes later in life. */
  private void states() {
    jdbc.sql(
            """
            with said as (
              select distinct on (p.person_id, t.program_slug)
                     p.id, p.person_id, t.program_slug, s.state, w.as_of
                from staged s join matched m using (learner) join studied t using (subject)
                join participant p on p.id = m.participant_id
               cross join lateral (select coalesce(
                 greatest(s.last_activity_at, s.joined_at, s.invited_at), '-infinity') as as_of) w
               order by p.person_id, t.program_slug, w.as_of desc,
                     array_position(:life, s.state) desc, s.state),
            next as (
              select said.*, b.state as before
                from said left join membership b using (person_id, program_slug)
               where b.person_id is null
                  or (said.as_of, array_position(:life, said.state), said.state)
                     > (b.as_of, array_position(:life, b.state), b.state)),
            kept as (
              insert into membership (person_id, program_slug, state, as_of)
              select person_id, program_slug, state, as_of from next
              on conflict (person_id, program_slug)
                do update set state = excluded.state, as_of = excluded.as_of)
            insert into timeline_entry (participant_id, at, who, what, detail, subject)
            select id, :now, :who, 'Membership in Coursera''s program changed',
                   string_agg(coalesce(initcap(before) || ' → ', '') || initcap(state)
                     || coalesce(' (' || nullif(program_slug, '') || ')', ''), '; '
                     order by program_slug), 'LEARNING'
              from next where before is distinct from state group by id
            """)
        .param("life", new String[] {"INVITED", "MEMBER", "INACTIVE", "REMOVED"})
        .param("now", now)
        .param("who", CurrentUser.COURSERA)
        .update();
  }

  /** An invitation that nobody has recorded. */
  private void invited() {
    jdbc.sql(
            """
            with first as (
              select m.participant_id,
                     cast(min(s.invited_at) at time zone 'America/New_York' as date) as day
                from staged s join matched m using (learner)
               where s.invited_at is not null group by m.participant_id),
            dated as (
              update participant p set invited_on = f.day
                from first f where p.id = f.participant_id and p.invited_on is null
              returning p.id, p.invited_on)
            insert into timeline_entry (participant_id, at, who, what, detail, subject)
            select id, :now, :who, 'Invited, as the membership report says',
                   to_char(invited_on, 'MM/DD/YYYY'), 'INVITATION'
              from dated
            """)
        .param("now", now)
        .param("who", CurrentUser.COURSERA)
        .update();
  }

  /** Returns how many had not joined before. */
  private int joined() {
    return jdbc.sql(
            """
            with first as (
              select m.participant_id, min(s.joined_at) as at
                from staged s join matched m using (learner)
               where s.joined_at is not null group by m.participant_id),
            earlier as (
              select f.*, p.joined_at is null as newly
                from first f join participant p on p.id = f.participant_id
               where p.joined_at is null or p.joined_at > f.at),
            dated as (
              update participant p set joined_at = e.at
                from earlier e where p.id = e.participant_id),
            story as (
              insert into timeline_entry (participant_id, at, who, what, detail, subject)
              select participant_id, :now, :who, 'Joined Coursera',
                     to_char(at at time zone 'America/New_York', 'MM/DD/YYYY'), 'LEARNING'
                from earlier where newly)
            select count(*) from earlier where newly
            """)
        .param("now", now)
        .param("who", CurrentUser.COURSERA)
        .query(Integer.class)
        .single();
  }

  /** Once for each; not of those who were removed, and are not asked to enroll. */
  private void tellThatTheyJoined() {
    jdbc.sql(
            """
            insert into learning_news (participant_id, kind, created_at, next_attempt_at)
            select distinct m.participant_id, 'JOINED', :now, :now
              from staged s join matched m using (learner)
             where s.joined_at is not null and s.state not in ('REMOVED', 'INACTIVE')
               and not exists (
                 select from learning_news told
                  where told.participant_id = m.participant_id and told.kind = 'JOINED')
               and not exists (
                 select from enrollment e where e.participant_id = m.participant_id)
            """)
        .param("now", now)
        .update();
  }
}
