package org.lwdb.casework.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * An invented usage report in the later layout: each row somebody in a course, in no order; one row
 * in a hundred repeats an earlier one with a later activity, one person in ten is known by the
 * external id.
 */
record UsageReportFile(int rows, int people, int courses) {

  private static final String HEADER =
      "Name,Email,External Id,Course,Course ID,Course Slug,University,Enrollment Time,"
          + "Class Start Time,Class End Time,Last Course Activity Time,Overall Progress,"
          + "Estimated Learning Hours,Completed,Removed From Program,Program Slug,Program Name,"
          + "Enrollment Source,Completion Time,Course Grade,Course Certificate URL,For Credit,"
          + "Course Type,Job Title,Job Type,Location City,Location Region,Location Country";
  private static final Instant FIRST_DAY = Instant.parse("2020-11-17T08:00:00Z");

  static String email(int person) {
    return "Person" + person + ".Learner@Example.org";
  }

  static String caseNumber(int person) {
    return "B" + (100_000 + person);
  }

  /**
   * Writes the file.
   *
   * @param changed the learner has been active since in every so many-th row; 0: in none
   */
  void write(Path path, int changed) throws IOException {
    Random random = new Random(21);
    try (BufferedWriter out = Files.newBufferedWriter(path)) {
      out.append(HEADER).append("\r\n");
      long[] earlier = new long[rows];
      for (int i = 0; i < rows; i++) {
        boolean repeated = i > 100 && random.nextInt(100) == 0;
        earlier[i] =
            repeated
                ? earlier[random.nextInt(i)]
                : (long) random.nextInt(people) * courses + random.nextInt(courses);
        int person = (int) (earlier[i] / courses);
        int course = (int) (earlier[i] % courses);
        int progress = random.nextInt(100);
        boolean completed = progress >= 88;
        Instant enrolled = FIRST_DAY.plus(random.nextInt(60 * 24 * 3600), ChronoUnit.SECONDS);
        Instant active = enrolled.plus(random.nextInt(14 * 24 * 3600), ChronoUnit.SECONDS);
        boolean again = changed > 0 && i % changed == 0;
        row(
            out,
            person,
            course,
            enrolled,
            again ? active.plus(1, ChronoUnit.DAYS) : active,
            again ? Math.min(progress + 1, 99) : progress,
            completed);
      }
    }
  }

  private static void row(
      BufferedWriter out,
      int person,
      int course,
      Instant enrolled,
      Instant active,
      int progress,
      boolean completed)
      throws IOException {
    out.append("First").append(String.valueOf(person % 997));
    out.append(" Learner").append(String.valueOf(person));
    out.append(',').append(email(person)).append(',');
    out.append(person % 10 == 0 ? caseNumber(person) : "");
    out.append(",\"Course ").append(String.valueOf(course)).append(", Introduction\",");
    out.append("crs-uVwXyZ0123456789-").append(String.valueOf(course));
    out.append(",introduction-to-course-").append(String.valueOf(course));
    out.append(",University of Example ").append(String.valueOf(course % 150));
    out.append(',').append(enrolled.toString()).append(",2020-11-16T08:00:00.000Z,,");
    out.append(active.toString()).append(',');
    out.append(String.valueOf(completed ? 100 : progress)).append(completed ? "" : ".73");
    out.append(",4.25,").append(completed ? "Yes" : "No").append(",No,");
    out.append("new-york-state-department-of-labor,New York State Department of Labor,Program,");
    out.append(completed ? active.toString() : "").append(',');
    out.append(completed ? "92.5" : "").append(',');
    if (completed) {
      out.append("https://www.coursera.org/account/accomplishments/verify/X");
      out.append(String.valueOf(person)).append('Y').append(String.valueOf(course));
    }
    out.append(",No,Course,Assistant,Full-time,Syracuse,New York,US\r\n");
  }
}
