package org.lwdb.casework.participant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lwdb.casework.BadInput.Problem;
import org.lwdb.casework.spreadsheet.BadFile;
import org.lwdb.casework.spreadsheet.Headers;

/**
 * Which column of a file holds which field of a referral. Headers are the fields' names in JSON, or
 * what people usually call them.
 */
final class ReferralColumns {

  /** The last column of a file of corrections. */
  static final String WHAT_TO_CORRECT = "What to correct";

  private static final List<String> REQUIRED = List.of("firstName", "lastName", "email");

  /** The fields by what they are called, beside their names in JSON. */
  private static final Map<String, List<String>> CALLED =
      Map.ofEntries(
          called(
              "board",
              "LWDB",
              "LWDB name",
              "LWDA",
              "WDB",
              "Local board",
              "Local area",
              "Local workforce development board",
              "Workforce development board",
              "Board name",
              "Board ID"),
          called("firstName", "First", "Given name", "Forename", "Participant first name"),
          called(
              "lastName",
              "Last",
              "Surname",
              "Family name",
              "Participant last name",
              "Last name(s)"),
          called(
              "email",
              "E-mail address",
              "Mail",
              "Mail address",
              "Email ID",
              "Participant email",
              "Personal email"),
          called(
              "phone",
              "Phone number",
              "Phone no",
              "Phone #",
              "Telephone",
              "Telephone number",
              "Tel",
              "Cell",
              "Cell phone",
              "Mobile",
              "Mobile phone",
              "Primary phone",
              "Contact number"),
          called("language", "Preferred language", "Primary language", "Language preference"),
          called(
              "ososId",
              "OSOS",
              "OSOS Customer ID",
              "OSOS ID number",
              "OSOS number",
              "OSOS #",
              "Customer ID",
              "NY ID"),
          called("dateOfBirth", "DOB", "Birth date", "Birthday", "Born"),
          called("county", "County of residence", "Residence county", "Home county"),
          called("city", "Town", "City of residence", "City/Town", "Municipality"),
          called("employmentStatus", "Employment", "Current employment status", "Work status"),
          called(
              "separationDate",
              "Date of separation",
              "Last day worked",
              "Last day of work",
              "Layoff date"),
          called("separationReason", "Reason for separation", "Reason of separation"),
          called("employer", "Last employer", "Employer name", "Former employer", "Company"),
          called(
              "uiStatus",
              "UI",
              "Unemployment insurance",
              "Unemployment insurance status",
              "UI claim status"),
          called("likelyToReturn", "Likely to return to work", "Expects recall", "Recall expected"),
          called("businessLossCause", "Cause of business loss", "Reason for business loss"),
          called("displacedHomemaker", "Is displaced homemaker"),
          called("militarySpouse", "Spouse of a member of the Armed Forces", "Is military spouse"),
          called(
              "covidReason",
              "COVID",
              "COVID-19",
              "COVID-19 reason",
              "COVID impact",
              "Reason linked to COVID-19"),
          called(
              "weeksUnemployed",
              "Weeks of unemployment",
              "Number of weeks unemployed",
              "Unemployed weeks"),
          called("attestedOn", "Attested", "Attestation date", "Date attested", "Date signed"),
          called("documentsSeen", "Documents", "Documentation"),
          called(
              "enrollingServices",
              "Services",
              "Services received",
              "Enrolling service",
              "Service received"));

  private static final Map<String, String> FIELDS = byKey();

  private final Map<String, Integer> positions = new LinkedHashMap<>();
  private final List<String> fields;
  private final List<String> headers = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private final int width;

  private ReferralColumns(String[] found) {
    width = found.length;
    for (int i = 0; i < found.length; i++) {
      String field = FIELDS.get(Headers.key(found[i]));
      if (field == null) {
        if (!found[i].isBlank() && !isCorrection(found[i])) {
          ignored.add(found[i]);
        }
      } else if (positions.putIfAbsent(field, i) == null) {
        headers.add(found[i]);
      } else {
        throw new BadFile(
            "Two columns are about the same: '"
                + found[positions.get(field)]
                + "' and '"
                + found[i]
                + "'. Leave one of them out.");
      }
    }
    fields = new ArrayList<>(positions.keySet());
  }

  /**
   * @param boardNeeded whether a row has to name its board
   * @throws BadFile if a column is missing, or there twice
   */
  static ReferralColumns of(String[] headers, boolean boardNeeded) {
    ReferralColumns columns = new ReferralColumns(headers);
    List<String> missing =
        Stream.concat(boardNeeded ? Stream.of("board") : Stream.empty(), REQUIRED.stream())
            .filter(field -> !columns.positions.containsKey(field))
            .toList();
    if (!missing.isEmpty()) {
      throw new BadFile(
          (missing.size() == 1 ? "A column is missing: " : "Columns are missing: ")
              + quoted(missing)
              + ". Expected are, in any order, "
              + quoted(REQUIRED)
              + (boardNeeded
                  ? ", and, since you belong to several boards, 'board' (or add ?board= to the"
                      + " address)"
                  : "")
              + ". Found: "
              + quoted(List.of(headers))
              + ".");
    }
    return columns;
  }

  /** The columns of a file that was read already. */
  static ReferralColumns known(List<String> headers) {
    return new ReferralColumns(headers.toArray(String[]::new));
  }

  /** The headers of the columns that are read, as in the file and in its order. */
  List<String> headers() {
    return headers;
  }

  /** The headers of the columns that are not read. */
  List<String> ignored() {
    return ignored;
  }

  /** The field behind each of {@link #headers}. */
  List<String> fields() {
    return fields;
  }

  /** A row's own cells below {@link #headers}. */
  List<String> cells(String[] row) {
    return positions.values().stream().map(i -> i < row.length ? row[i] : "").toList();
  }

  /** Whether a row has cells beside the last header, which nobody can tell the meaning of. */
  boolean isExceededBy(String[] row) {
    for (int i = width; i < row.length; i++) {
      if (!row[i].isBlank()) {
        return true;
      }
    }
    return false;
  }

  /** A problem of a row, with the column that it is about. */
  String sentence(Problem problem) {
    int column = fields.indexOf(problem.field());
    if (column < 0) {
      return problem.message();
    }
    String label = Text.label(problem.field()) + ": ";
    return headers.get(column)
        + ": "
        + (problem.message().startsWith(label)
            ? problem.message().substring(label.length())
            : problem.message());
  }

  private static boolean isCorrection(String header) {
    return Headers.key(header).equals(Headers.key(WHAT_TO_CORRECT));
  }

  private static String quoted(List<String> headers) {
    return headers.stream().collect(Collectors.joining("', '", "'", "'"));
  }

  private static Map.Entry<String, List<String>> called(String field, String... names) {
    return Map.entry(field, List.of(names));
  }

  /** Fails if a name stands for two fields. */
  private static Map<String, String> byKey() {
    return CALLED.entrySet().stream()
        .flatMap(
            entry ->
                Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream())
                    .map(name -> Map.entry(Headers.key(name), entry.getKey())))
        .distinct()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
