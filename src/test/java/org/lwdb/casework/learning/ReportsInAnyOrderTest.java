package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.BeforeTry;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.learning.People.Person;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContextManager;

/**
 * Whatever the split, order and repetition of rows over files, the outcome is that of all of them
 * in one file.
 */
@CaseworkTest
class ReportsInAnyOrderTest {

  private static final Set<String> BOARD = Set.of("rockland");
  private static final AtomicInteger WORLDS = new AtomicInteger();
  private static final String USAGE =
      "Name,Email,External Id,Course,Course ID,Course Slug,University,Enrollment Time,"
          + "Last Course Activity Time,Overall Progress,Learning Hours,Completed,"
          + "Removed From Program,Program Slug,Completion Time,Course Grade,"
          + "Course Certificate URL";
  private static final String MEMBERSHIP =
      "Name,Email,External Id,Program Slug,Member State,Join Date,Invitation Date,"
          + "Latest Program Activity Date";

  /**
   * Somebody's row.
   *
   * @param person 0 to 2
   * @param named 0: by the address, 1: by it in capitals, 2: by the case number and a personal
   *     address, 3: by the personal address alone
   * @param rest the other columns; a # stands for what keeps one world's courses from another's
   */
  record Row(int person, int named, String rest) {}

  /**
   * How the rows come.
   *
   * @param seed of the order and the repetitions
   * @param most how many rows a file has at most
   */
  record Files(List<Row> rows, long seed, int most) {}

  /** Three people of their own, and courses of their own. */
  private final class World {
    private final int number = WORLDS.incrementAndGet();
    private final List<Person> three =
        Stream.generate(() -> people.person("rockland")).limit(3).toList();

    void file(String header, List<Row> rows) {
      StringBuilder file = new StringBuilder(header).append('\n');
      for (Row row : rows) {
        Person person = three.get(row.person);
        String personal = "personal." + person.email();
        file.append("Lea Learner,")
            .append(
                switch (row.named) {
                  case 0 -> person.email() + ",";
                  case 1 -> person.email().toUpperCase() + ",";
                  case 2 -> personal + "," + person.caseNumber();
                  default -> personal + ",";
                })
            .append(',')
            .append(row.rest.replace("#", "-" + number))
            .append('\n');
      }
      reports.importReport(
          new ByteArrayInputStream(file.toString().getBytes(StandardCharsets.UTF_8)),
          "report.csv",
          BOARD);
    }

    /** All that the reports have brought, column by column, without ids. */
    List<String> state() {
      List<String> state = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        long id = three.get(i).id();
        state.add(i + " " + one("select joined_at from participant where id = ?", id));
        state.addAll(
            all(
                i,
                """
                select e.course_id, e.program_slug, e.progress, e.enrolled_at, e.last_activity_at,
                       e.completed, e.completed_at, e.grade, e.certificate_url, e.learning_hours,
                       e.removed, c.name, c.slug, c.partner, c.kind, c.as_of
                  from enrollment e join course c on c.id = e.course_id
                 where e.participant_id = ? order by 1, 2
                """,
                id));
        state.addAll(
            all(
                i,
                """
                select n.kind, e.course_id, e.program_slug from learning_news n
                  left join enrollment e on e.id = n.enrollment_id
                 where n.participant_id = ? order by 1, 2, 3
                """,
                id));
        state.addAll(
            all(
                i,
                """
                select m.program_slug, m.state, m.as_of from membership m
                  join participant p using (person_id) where p.id = ? order by 1
                """,
                id));
        state.addAll(
            all(
                i,
                """
                select replace(email, (select email from participant where id = participant_id), '@')
                  from participant_email where participant_id = ? order by 1
                """,
                id));
      }
      return state.stream().map(line -> line.replace("-" + number + ",", "#,")).toList();
    }

    private List<String> all(int person, String sql, long id) {
      return jdbc.sql(sql).param(id).query().listOfRows().stream()
          .map(row -> person + " " + row.values())
          .toList();
    }

    private String one(String sql, long id) {
      return jdbc.sql(sql).param(id).query().singleRow().values().toString();
    }
  }

  @Autowired CourseraReports reports;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;

  private People people;

  /** As in the tests of JUnit: the one application that all of them share. */
  @BeforeTry
  void shareTheApplication() throws Exception {
    new TestContextManager(getClass()).prepareTestInstance(this);
    clock.reset();
    people = new People(jdbc);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
  void courses(@ForAll("usage") Files files) {
    endTheSame(USAGE, files);
  }

  @Property(tries = 20, shrinking = ShrinkingMode.BOUNDED)
  void memberships(@ForAll("memberships") Files files) {
    endTheSame(MEMBERSHIP, files);
  }

  private void endTheSame(String header, Files files) {
    World once = new World();
    once.file(header, files.rows);
    reports.matchDueRows();

    World often = new World();
    Random random = new Random(files.seed);
    List<Row> rows = new ArrayList<>(files.rows);
    files.rows.stream().filter(row -> random.nextInt(4) == 0).forEach(rows::add);
    Collections.shuffle(rows, random);
    for (int from = 0; from < rows.size(); ) {
      int to = Math.min(rows.size(), from + 1 + random.nextInt(files.most));
      often.file(header, rows.subList(from, to));
      from = to;
    }
    reports.matchDueRows();

    assertThat(often.state()).isEqualTo(once.state());
  }

  @Provide
  Arbitrary<Files> usage() {
    Arbitrary<String> rest =
        Combinators.combine(
                Arbitraries.of("A,c1#,s1,U", "B,c1#,s2,U", "A,c2#,s1,U", "A,c2#,s1,V"),
                times(3),
                times(5),
                Arbitraries.of("0,0", "40,1.5", "40,", "57.73,3", "100,8"),
                Arbitraries.of("Yes,No", "No,No", "No,No", "No,Yes", ","),
                Arbitraries.of("p1", "p1", "p2"),
                times(2),
                Combinators.combine(
                        Arbitraries.of("", "30", "85", "Pass"),
                        Arbitraries.of("", "", "https://x.example/1", "https://x.example/2"))
                    .as((grade, url) -> grade + "," + url))
            .as((a, b, c, d, e, f, g, h) -> String.join(",", a, b, c, d, e, f, g, h));
    return files(rest);
  }

  @Provide
  Arbitrary<Files> memberships() {
    return files(
        Combinators.combine(
                Arbitraries.of("p1", "p2"),
                Arbitraries.of("Member", "INVITED", "Removed"),
                times(3),
                times(3),
                times(3))
            .as((a, b, c, d, e) -> String.join(",", a, b, c, d, e)));
  }

  private static Arbitrary<Files> files(Arbitrary<String> rest) {
    Arbitrary<Row> row =
        Combinators.combine(
                Arbitraries.integers().between(0, 2), Arbitraries.of(0, 0, 1, 2, 3), rest)
            .as(Row::new);
    return Combinators.combine(
            row.list().ofMinSize(2).ofMaxSize(12),
            Arbitraries.longs(),
            Arbitraries.integers().between(1, 6))
        .as(Files::new);
  }

  /** One of a few moments, or none. */
  private static Arbitrary<String> times(int different) {
    return Arbitraries.integers()
        .between(0, different)
        .map(day -> day == 0 ? "" : "2021-01-0" + day + "T10:00:00Z");
  }
}
