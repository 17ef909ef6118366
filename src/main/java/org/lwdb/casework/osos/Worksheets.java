package org.lwdb.casework.osos;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.osos.OsosEntry.Kind;
import org.lwdb.casework.osos.OsosEntry.State;
import org.lwdb.casework.osos.Worksheet.Line;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Fills in the worksheet of an entry from the participant's file and the learning data. */
@Component
class Worksheets {

  /** OSOS takes no more characters in these fields. */
  private static final int NAME = 20;

  private static final int CITY = 40;

  private final JdbcClient jdbc;
  private final CaseworkSettings settings;

  Worksheets(JdbcClient jdbc, CaseworkSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  Worksheet of(OsosEntry entry) {
    Facts facts = facts(entry);
    List<Line> lines = new ArrayList<>(customer(facts));
    if (entry.kind() == null) {
      lines.addAll(completion(facts));
    } else {
      lines.addAll(
          switch (entry.kind()) {
            case REFERRED_TO_COURSERA_ENROLLMENT -> activity(entry);
            case CREDENTIAL -> outcome("Credential", entry.outcomeType(), entry);
            case MEASURABLE_SKILL_GAIN ->
                outcome(
                    "Measurable skill gain", SkillGain.valueOf(entry.outcomeType()).label(), entry);
            case SERVICE_END -> serviceEnd(facts, entry);
          });
    }
    lines.add(line("Office", facts.lwdbName()));
    lines.add(line("Staff", staff(entry)));
    lines.add(line("Comment", comment(entry)));
    return new Worksheet(List.copyOf(lines));
  }

  private static List<Line> customer(Facts facts) {
    return List.of(
        line(
            "OSOS customer ID",
            facts.ososId() == null
                ? "Not recorded: find the customer by name and date of birth"
                : facts.ososId()),
        line("First name", limited(facts.firstName(), NAME)),
        line("Last name", limited(facts.lastName(), NAME)),
        line("Date of birth", NewYork.format(facts.dateOfBirth())),
        line("City", limited(facts.city(), CITY)));
  }

  private static List<Line> activity(OsosEntry entry) {
    return List.of(
        line("Activity", entry.label()),
        line("Level", "L1"),
        line("Enrolling", "No"),
        line("Date", NewYork.format(entry.occurredOn())));
  }

  private static List<Line> completion(Facts facts) {
    return List.of(
        line("Course", facts.course()),
        line("Completed on", NewYork.format(facts.completedOn())),
        line("Grade", facts.grade()),
        line("Certificate", facts.certificateUrl()));
  }

  private static List<Line> outcome(String what, String type, OsosEntry entry) {
    return List.of(
        line("Course", entry.course()),
        line(what + " type", type),
        line(what + " date", NewYork.format(entry.occurredOn())),
        line("Evidence", entry.evidence()));
  }

  /** The grant is the advisory's (Background); a service has ended on its last day of learning. */
  private static List<Line> serviceEnd(Facts facts, OsosEntry entry) {
    return List.of(
        line("Provider", "Coursera"),
        line("Offering", Kind.REFERRED_TO_COURSERA_ENROLLMENT.label()),
        line("Funding", "COVID-19 National Dislocated Worker Grant"),
        line("Actual start", NewYork.format(facts.startedOn())),
        line("Actual end", NewYork.format(entry.occurredOn())),
        line(
            "Outcome", facts.completedCourses() + " of " + facts.courses() + " courses completed"));
  }

  private static String staff(OsosEntry entry) {
    if (entry.state() == State.ENTERED) {
      return entry.enteredBy();
    }
    String name = CurrentUser.name();
    return name.equals(CurrentUser.SYSTEM) ? "" : name;
  }

  private String comment(OsosEntry entry) {
    if (entry.comment() != null) {
      return entry.comment();
    }
    String comment = "Coursera case " + entry.caseNumber() + ".";
    return entry.backlog()
        ? comment
            + " Enrolled before "
            + NewYork.format(settings.osos().backlogBefore())
            + ", when OSOS did not have the activity yet."
        : comment;
  }

  private static Line line(String label, String value) {
    return new Line(label, value == null ? "" : value);
  }

  private static String limited(String text, int characters) {
    return text == null
        ? ""
        : text.codePoints()
            .limit(characters)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private record Facts(
      String ososId,
      String firstName,
      String lastName,
      LocalDate dateOfBirth,
      String city,
      String lwdbName,
      String course,
      LocalDate completedOn,
      String grade,
      String certificateUrl,
      LocalDate startedOn,
      int courses,
      int completedCourses) {}

  /** Enrollments are counted over the person's cases: a move takes them along. */
  private Facts facts(OsosEntry entry) {
    return jdbc.sql(
            """
            select p.osos_id, p.first_name, p.last_name, p.date_of_birth, p.city, b.lwdb_name,
                   c.name as course, n.grade, n.certificate_url,
                   date(coalesce(n.completed_at, n.last_activity_at) at time zone :zone) as completed_on,
                   date(l.started_at at time zone :zone) as started_on, l.courses, l.completed_courses
              from osos_entry e
              join participant p on p.id = e.participant_id
              join board b on b.id = e.board_id
              left join enrollment n on n.id = e.enrollment_id
              left join course c on c.id = n.course_id
              cross join lateral (
                select min(coalesce(a.enrolled_at, a.first_seen_at)) as started_at,
                       count(distinct a.course_id) as courses,
                       count(distinct a.course_id) filter (where a.completed) as completed_courses
                  from enrollment a join participant q on q.id = a.participant_id
                 where q.person_id = p.person_id) l
             where e.id = :entry
            """)
        .param("zone", NewYork.ZONE.getId())
        .param("entry", entry.id())
        .query(Facts.class)
        .single();
  }
}
