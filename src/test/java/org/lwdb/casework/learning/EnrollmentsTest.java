package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.learning.People.Person;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaseworkTest
class EnrollmentsTest {

  @Autowired Enrollments enrollments;
  @Autowired JdbcClient jdbc;

  private Person person;

  @BeforeEach
  void start() {
    person = new People(jdbc).person("sullivan");
  }

  @Test
  void whoeverIsNotEnrolledHasMadeNoProgress() {
    assertThat(enrollments.progress(person.id()))
        .isEqualTo(new Progress(false, 0, 0, null, null, null, null, false));
    assertThat(enrollments.of(person.id())).isEmpty();
  }

  @Test
  void whoeverHasOnlyEnrolledHasNeverStarted() {
    long id = enrolled("a", "2021-01-04T10:00:00Z", null, 0, false, false);

    Progress progress = enrollments.progress(person.id());

    assertThat(progress.neverStarted()).isTrue();
    assertThat(progress.currentEnrollmentId()).isEqualTo(id);
    assertThat(progress.lastActivity()).isEqualTo("2021-01-04T10:00:00Z");
  }

  @Test
  void theCurrentCourseIsTheOneWithTheLatestActivityThatIsStillToBeDone() {
    enrolled("done", "2021-01-04T10:00:00Z", "2021-01-28T10:00:00Z", 100, true, false);
    enrolled("removed", "2021-01-04T10:00:00Z", "2021-01-27T10:00:00Z", 50, false, true);
    long current =
        enrolled("current", "2021-01-04T10:00:00Z", "2021-01-20T10:00:00Z", 20, false, false);
    enrolled("stale", "2021-01-04T10:00:00Z", "2021-01-10T10:00:00Z", 80, false, false);
    enrolled("new", "2021-01-30T10:00:00Z", null, 0, false, false);

    Progress progress = enrollments.progress(person.id());

    assertThat(progress.enrolled()).isTrue();
    assertThat(progress.neverStarted()).isFalse();
    assertThat(progress.courses()).isEqualTo(5);
    assertThat(progress.completedCourses()).isEqualTo(1);
    assertThat(progress.currentEnrollmentId()).isEqualTo(current);
    assertThat(progress.currentCourse()).isEqualTo("Course current");
    assertThat(progress.progress()).isEqualByComparingTo("20");
    assertThat(progress.lastActivity()).isEqualTo("2021-01-30T10:00:00Z");
  }

  @Test
  void anEnrollmentIsFoundByItsId() {
    long id = enrolled("one", "2021-01-04T10:00:00Z", "2021-01-28T10:00:00Z", 100, true, false);

    Enrollment enrollment = enrollments.get(id);

    assertThat(enrollment.participantId()).isEqualTo(person.id());
    assertThat(enrollment.completed()).isTrue();
    assertThat(enrollment.course()).isEqualTo(enrollments.of(person.id()).get(0));
    assertThatThrownBy(() -> enrollments.get(-1)).isInstanceOf(NotFound.class);
  }

  private long enrolled(
      String course,
      String enrolledAt,
      String lastActivityAt,
      int progress,
      boolean completed,
      boolean removed) {
    String id = course + "-" + person.id();
    jdbc.sql("insert into course (id, name) values (?, ?)").params(id, "Course " + course).update();
    return jdbc.sql(
            """
            insert into enrollment (participant_id, course_id, enrolled_at, last_activity_at,
              progress, completed, completed_at, removed, first_seen_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            returning id
            """)
        .params(
            person.id(),
            id,
            at(enrolledAt),
            at(lastActivityAt),
            progress,
            completed,
            completed ? at(lastActivityAt) : null,
            removed,
            Timestamp.from(MovableClock.START),
            Timestamp.from(MovableClock.START))
        .query(Long.class)
        .single();
  }

  private static Timestamp at(String instant) {
    return instant == null ? null : Timestamp.from(Instant.parse(instant));
  }
}
