package org.lwdb.casework.web;

/** A usage report of Coursera, as of 2020: each of these people takes the same course. */
final class UsageReport {

  private UsageReport() {}

  static String of(String... emails) {
    StringBuilder report =
        new StringBuilder(
            """
            Name,Email,External Id,Course,Course ID,Course Slug,University,Enrollment Time,\
            Class Start Time,Last Course Activity Time,Overall Progress,Estimated Learning Hours,\
            Completed,Removed From Program,Program Slug,Program Name,Enrollment Source,\
            Completion Time,Course Grade
            """);
    for (String email : emails) {
      report.append(
          """
          Ada Example,%s,,Baking Basics,baking-1,baking-basics,Example University,\
          2021-01-10T12:00:00.000Z,,2021-01-20T12:00:00.000Z,57.73,3.5,No,No,ny,New York,\
          Program,,81.5
          """
              .formatted(email));
    }
    return report.toString();
  }
}
