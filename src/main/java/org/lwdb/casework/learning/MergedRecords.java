package org.lwdb.casework.learning;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.lwdb.casework.participant.CasesMerged;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What two cases of one person have learned becomes one record. Where both have an enrollment in
 * the same course and program, the other case's is brought into the kept one's as if a report had
 * told of it: by the same rule, and by the same code.
 */
@Component
class MergedRecords {

  private final JdbcClient jdbc;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  MergedRecords(JdbcClient jdbc, Clock clock, ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.events = events;
  }

  @EventListener
  void merged(CasesMerged cases) {
    Instant now = clock.instant();
    boolean enrolledBefore = enrolled(cases.kept());
    Set<String> courses =
        jdbc.sql("select distinct course_id from enrollment where participant_id = ?")
            .param(cases.other())
            .query(String.class)
            .set();
    Map<Long, Long> replaced = replaced(cases);
    if (!replaced.isEmpty()) {
      bringIn(cases, replaced, now);
    }
    jdbc.sql("update enrollment set participant_id = ? where participant_id = ?")
        .params(cases.kept(), cases.other())
        .update();
    memberships(cases);
    matches(cases);
    news(cases, replaced);
    if (!enrolledBefore && !courses.isEmpty()) {
      tell(cases.kept(), News.Kind.ENROLLED, now);
    } else if (!enrolledBefore && hasJoined(cases)) {
      tell(cases.kept(), News.Kind.JOINED, now);
    }
    if (!courses.isEmpty()) {
      events.publishEvent(new EnrollmentsChanged(Set.of(board(cases.kept())), courses));
    }
  }

  /** The other case's enrollments in what the kept one is enrolled in, too. */
  private Map<Long, Long> replaced(CasesMerged cases) {
    Map<Long, Long> by = new HashMap<>();
    jdbc.sql(
            """
            select o.id, k.id as by from enrollment o
              join enrollment k using (course_id, program_slug)
             where o.participant_id = ? and k.participant_id = ?
            """)
        .params(cases.other(), cases.kept())
        .query((row, n) -> by.put(row.getLong("id"), row.getLong("by")))
        .list();
    return by;
  }

  /** A grade counts with the row that it stands in, which may be an earlier one. */
  private void bringIn(CasesMerged cases, Map<Long, Long> replaced, Instant now) {
    jdbc.sql(Staging.TABLE).update();
    int rows =
        jdbc.sql(
                """
                insert into staged (row, learner, subject, again, enrolled_at, last_activity_at,
                  progress, learning_hours, completed, completed_at, removed, grade,
                  certificate_url, kind, course_id, course, slug, partner, program_slug)
                select row_number() over (), 1, e.id, true, e.enrolled_at, said.*, c.kind, c.id,
                       c.name, c.slug, c.partner, e.program_slug
                  from enrollment e join course c on c.id = e.course_id
                 cross join lateral (
                   select e.last_activity_at, e.progress, e.learning_hours, e.completed,
                          e.completed_at, e.removed, null as grade, e.certificate_url
                   union all
                   select e.grade_as_of, e.grade_progress, null, false, null, e.removed, e.grade,
                          null
                    where e.grade is not null) said
                 where e.id = any (?)
                """)
            .param(replaced.keySet().toArray(Long[]::new))
            .update();
    jdbc.sql(Staging.SUBJECTS).update();
    jdbc.sql(
            """
            create temp table matched on commit drop as
            select 1 as learner, cast(:kept as bigint) as participant_id, false as several
            """)
        .param("kept", cases.kept())
        .update();
    new Merging(jdbc, now).run(rows);
    // Of these completions the other case was told, or will be.
    jdbc.sql(
            """
            delete from learning_news
             where participant_id = ? and kind = 'COMPLETED' and delivered_at is null
               and created_at = ? and enrollment_id = any (?)
            """)
        .params(cases.kept(), utc(now), replaced.values().toArray(Long[]::new))
        .update();
    events.publishEvent(new EnrollmentsReplaced(Map.copyOf(replaced)));
    jdbc.sql("delete from enrollment where id = any (?)")
        .param(replaced.keySet().toArray(Long[]::new))
        .update();
  }

  /** Of two memberships in a program the later state counts. */
  private void memberships(CasesMerged cases) {
    jdbc.sql(
            """
            with other as (
              delete from membership where person_id = :other and :other <> :kept returning *)
            insert into membership (person_id, program_slug, state, as_of)
            select :kept, program_slug, state, as_of from other
            on conflict (person_id, program_slug)
              do update set state = excluded.state, as_of = excluded.as_of
                  where excluded.as_of > membership.as_of
            """)
        .param("other", cases.otherPerson())
        .param("kept", cases.keptPerson())
        .update();
  }

  private void matches(CasesMerged cases) {
    jdbc.sql(
            """
            with other as (
              delete from matched_learner where participant_id = :other returning *)
            insert into matched_learner (participant_id, email, external_id, matched_by, matched_at)
            select :kept, email, external_id, matched_by, matched_at from other
            on conflict do nothing
            """)
        .param("other", cases.other())
        .param("kept", cases.kept())
        .update();
  }

  /** What the other case has not been told yet, the kept one is told. */
  private void news(CasesMerged cases, Map<Long, Long> replaced) {
    jdbc.sql(
            """
            update learning_news set participant_id = ?
             where participant_id = ? and delivered_at is null
            """)
        .params(cases.kept(), cases.other())
        .update();
    replaced.forEach(
        (id, by) ->
            jdbc.sql(
                    """
                    update learning_news set enrollment_id = ?
                     where participant_id = ? and delivered_at is null and enrollment_id = ?
                    """)
                .params(by, cases.kept(), id)
                .update());
  }

  private boolean enrolled(long participantId) {
    return jdbc.sql("select exists (select from enrollment where participant_id = ?)")
        .param(participantId)
        .query(Boolean.class)
        .single();
  }

  private boolean hasJoined(CasesMerged cases) {
    return jdbc.sql("select joined_at is not null from participant where id = ?")
        .param(cases.other())
        .query(Boolean.class)
        .single();
  }

  /** The case moves on with what it has now; if it is there already, that is found out then. */
  private void tell(long participantId, News.Kind kind, Instant now) {
    jdbc.sql(
            """
            insert into learning_news (participant_id, kind, created_at, next_attempt_at)
            values (:id, :kind, :now, :now)
            """)
        .param("id", participantId)
        .param("kind", kind.name())
        .param("now", utc(now))
        .update();
  }

  private String board(long participantId) {
    return jdbc.sql("select board_id from participant where id = ?")
        .param(participantId)
        .query(String.class)
        .single();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
