package org.lwdb.casework.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lwdb.casework.spreadsheet.BadFile;
import org.lwdb.casework.spreadsheet.RowProblem;

class ReportLayoutTest {

  private static final String USAGE_2020 =
      "Name,Email,External Id,Course,Course ID,Course Slug,University,Enrollment Time,Class Start"
          + " Time,Last Course Activity Time,Overall Progress,Estimated Learning Hours,Completed,"
          + "Removed From Program,Program Slug,Program Name,Enrollment Source,Completion Time,"
          + "Course Grade";
  private static final String USAGE_LATER =
      "Name,Email,External Id,Course,Course ID,Course Slug,University,Enrollment Time,Class Start"
          + " Time,Class End Time,Last Course Activity Time,Overall Progress,Estimated Learning"
          + " Hours,Completed,Removed From Program,Program Slug,Program Name,Enrollment Source,"
          + "Completion Time,Course Grade,Course Certificate URL,For Credit,Course Type,Job Title,"
          + "Job Type,Location City,Location Region,Location Country";
  private static final String USAGE_WITH_BUSINESS_UNITS =
      USAGE_LATER
          .replace("For Credit,", "")
          .replace("Job Type,", "Job Type,Business Unit,Business Unit 2,");
  private static final String COURSE_ACTIVITY_2026 =
      "Name,Email,External ID,Course,Course ID,Course Slug,University,Enrollment Time,Class Start"
          + " Time,Class End Time,Last Course Activity Time,Overall Progress,Total Estimated Learning"
          + " Hours (since enrolled),Completed,Removed From Program,Program Slug,Program Name,"
          + "Collection Name,Collection ID,Completion Time,Course Grade,Course Certificate URL,"
          + "Contract,Is Enterprise Contract Active,Learning Hours,Course Type,Manager Name,Manager"
          + " Email,Job Title,Job Type,Business Unit,Business Unit 2,Location City,Location Region,"
          + "Location Country";
  private static final String MEMBERSHIP_2020 =
      "Name,Email,External Id,Program Name,Program Slug,# Enrolled Courses,# Completed Courses,"
          + "Member State,Join Date,Invitation Date,Latest Program Activity Date,Job Title,Job"
          + " Type,Location City,Location Region,Location Country";
  private static final String MEMBERSHIP_2026 =
      "Name,Email,External ID,Program Name,Program Slug,# Enrolled Courses,# Completed Courses,"
          + "Member State,Join Date,Invitation Date,Last Program Activity Date,Contract(s),Contract"
          + " ID(s),Learning Hours,Manager Name,Manager Email,Job Title,Job Type,Location City,"
          + "Location Region,Location Country";
  private static final String SPECIALIZATION =
      "Name,Email,External Id,Specialization,Specialization Slug,University,Enrollment Time,Last"
          + " Specialization Activity Time,# Completed Courses,# Courses in Specialization,"
          + "Completed,Removed From Program,Program Slug,Program Name,Enrollment Source,"
          + "Specialization Completion Time,Specialization Certificate URL,Job Title,Job Type,"
          + "Location City,Location Region,Location Country";

  static Stream<Arguments> layouts() {
    return Stream.of(
        Arguments.of(ReportKind.USAGE, 16, USAGE_2020),
        Arguments.of(ReportKind.USAGE, 17, USAGE_LATER),
        Arguments.of(ReportKind.USAGE, 17, USAGE_WITH_BUSINESS_UNITS),
        Arguments.of(ReportKind.COURSE_ACTIVITY, 17, COURSE_ACTIVITY_2026),
        Arguments.of(ReportKind.MEMBERSHIP, 10, MEMBERSHIP_2020),
        Arguments.of(ReportKind.MEMBERSHIP, 11, MEMBERSHIP_2026),
        Arguments.of(ReportKind.SPECIALIZATION, 15, SPECIALIZATION));
  }

  /** Every column that we know is found where it is. */
  @ParameterizedTest
  @MethodSource("layouts")
  void aReportIsRecognizedByItsHeadersInAnyOrderAndSpelling(
      ReportKind kind, int columns, String headers) {
    List<String> shuffled = new ArrayList<>(List.of(headers.split(",")));
    Collections.shuffle(shuffled, new Random(21));
    shuffled.add(3, "Mood");
    String respelled =
        shuffled.stream()
            .map(h -> " *" + h.toUpperCase().replace(' ', '_') + " ")
            .collect(Collectors.joining(","));

    for (String row : List.of(headers, String.join(",", shuffled), respelled)) {
      ReportLayout layout = layout(row);
      assertThat(layout.kind()).isEqualTo(kind);
      assertThat(layout.width()).isEqualTo(row.split(",").length);
      assertThat(layout.columns())
          .hasSize(columns)
          .containsAll(kind.required())
          .allSatisfy(c -> assertThat(layout.position(c)).isNotNegative());
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void withoutOneOfItsColumnsAReportIsRefusedAndTheColumnNamed(
      ReportKind kind, int columns, String headers) {
    for (Column column : kind.required()) {
      String rest =
          Arrays.stream(headers.split(","))
              .filter(h -> !h.equals(column.header()))
              .collect(Collectors.joining(","));

      assertThatThrownBy(() -> layout(rest))
          .asInstanceOf(type(BadFile.class))
          .extracting(e -> e.problems().get(0))
          .isEqualTo(
              new RowProblem(
                  null, column.header(), "The column '" + column.header() + "' is missing."));
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void aColumnThatIsThereTwiceIsRefused(ReportKind kind, int columns, String headers) {
    assertThatThrownBy(() -> layout(headers + ",e-mail"))
        .isInstanceOf(BadFile.class)
        .hasMessage("The column 'Email' is there twice: remove one of them.");
  }

  @Test
  void aFileThatIsNoneIsComparedWithTheNearest() {
    assertThatThrownBy(() -> layout("Email,Member State,Favorite Dish"))
        .isInstanceOf(BadFile.class)
        .hasMessage(
            "This is none of Coursera's reports that can be imported. Expected are the headers"
                + " Email, Member State, Invitation Date, Join Date, Program Slug and others, as in"
                + " the membership report; found were Email, Member State, Favorite Dish.");
    assertThatThrownBy(() -> layout("Email"))
        .hasMessageContaining("as in the membership report; found were Email.");
    assertThatThrownBy(() -> layout("Dish"))
        .hasMessageContaining("as in the usage report; found were Dish.");
  }

  private static ReportLayout layout(String headers) {
    return ReportLayout.of(headers.split(","));
  }
}
