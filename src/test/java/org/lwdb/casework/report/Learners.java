package org.lwdb.casework.report;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.learning.CourseraReports;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Invented participants and what Coursera's reports say of them, for figures. */
@TestComponent
public class Learners {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final AtomicInteger MAILS = new AtomicInteger();

  /** A participant with an address of their own. */
  public record Learner(long id, String caseNumber, String board, String email) {}

  private final JdbcClient jdbc;
  private final CourseraReports reports;

  Learners(JdbcClient jdbc, CourseraReports reports) {
    this.jdbc = jdbc;
    this.reports = reports;
  }

  public Learner learner(String board, String openedOn) {
    Instant opened = at(openedOn);
    String email = "figure" + NUMBER.incrementAndGet() + "@example.org";
    Learner learner =
        jdbc.sql(
                """
                insert into participant (case_number, board_id, stage, stage_since, first_name,
                  last_name, email, accountability_since, opened_at)
                values ('C' || nextval('case_number_seq'), ?, 'INVITED', ?, 'Lea', ?, ?, ?, ?)
                returning id, case_number, board_id as board, email
                """)
            .params(
                board,
                Timestamp.from(opened),
                "Figure" + NUMBER.get(),
                email,
                NewYork.dateOf(opened),
                Timestamp.from(opened))
            .query(Learner.class)
            .single();
    jdbc.sql("insert into participant_email values (?, ?, 'REFERRAL', ?)")
        .params(learner.id(), email, Timestamp.from(opened))
        .update();
    return learner;
  }

  /** Sets columns of a participant: {@code "stage = 'LEARNING', language = 'es'"}. */
  public void set(Learner learner, String columns) {
    jdbc.sql("update participant set " + columns + " where id = ?").param(learner.id()).update();
  }

  /** A mail that went out, in the name of an enrollment if a course is given. */
  public void sent(Learner learner, String template, String courseId, String at) {
    jdbc.sql(
            """
            insert into message (id, participant_id, person_id, board_id, template, reminder,
              to_address, subject, enrollment_id, once_key, queued_at, queued_by, state, state_at,
              send_after, sending_at)
            select gen_random_uuid(), p.id, p.person_id, p.board_id, :template, true, p.email,
                   'Subject', (select id from enrollment e
                                where e.participant_id = p.id and e.course_id = :course),
                   :key, :at, 'system', 'ACCEPTED', :at, :at, :at
              from participant p where p.id = :id
            """)
        .param("template", template)
        .param("course", courseId)
        .param("key", "figures-" + MAILS.incrementAndGet())
        .param("at", Timestamp.from(at(at)))
        .param("id", learner.id())
        .update();
  }

  /** A row of a usage report; times without a zone are New York's, empty ones are none. */
  public static String row(
      Learner learner,
      String course,
      String enrolled,
      String lastActivity,
      String completed,
      String hours,
      boolean removed) {
    return String.join(
        ",",
        "Lea Learner",
        learner.email(),
        "",
        "Course " + course,
        course,
        "slug-" + course,
        "Partner " + course.charAt(0),
        utc(enrolled),
        utc(lastActivity),
        completed.isEmpty() ? "40" : "100",
        hours,
        completed.isEmpty() ? "No" : "Yes",
        removed ? "Yes" : "No",
        "ny",
        utc(completed));
  }

  /** Imports a usage report of these rows. */
  public void report(Set<String> boards, String... rows) {
    String file =
        "Name,Email,External Id,Course,Course ID,Course Slug,University,Enrollment Time,"
            + "Last Course Activity Time,Overall Progress,Learning Hours,Completed,"
            + "Removed From Program,Program Slug,Completion Time\n"
            + String.join("\n", rows)
            + "\n";
    reports.importReport(
        new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "usage.csv", boards);
  }

  /** {@code 2021-01-31T23:30} in New York; a date alone is its noon. */
  public static Instant at(String newYork) {
    return newYork.contains("T")
        ? LocalDateTime.parse(newYork).atZone(NewYork.ZONE).toInstant()
        : LocalDate.parse(newYork).atTime(12, 0).atZone(NewYork.ZONE).toInstant();
  }

  private static String utc(String newYork) {
    return newYork.isEmpty() ? "" : at(newYork).toString();
  }
}
