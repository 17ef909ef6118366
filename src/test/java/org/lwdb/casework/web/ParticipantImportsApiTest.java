package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.lwdb.casework.spreadsheet.Workbooks.excel;
import static org.lwdb.casework.spreadsheet.Workbooks.zip;
import static org.lwdb.casework.web.Caller.newEmail;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaseworkTest
class ParticipantImportsApiTest {

  private static final String IMPORT = "/api/participants/import";
  private static final String IMPORTS = "/api/participants/imports/";
  private static final AtomicInteger COUNT = new AtomicInteger();

  @Autowired MovableClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired DataSource dataSource;
  private final Caller staff;
  private final Caller suffolk;
  private final Caller nysdol;
  private final int port;

  ParticipantImportsApiTest(@LocalServerPort int port) {
    this.port = port;
    staff = new Caller(port, "onondaga.staff");
    suffolk = new Caller(port, "suffolk.staff");
    nysdol = new Caller(port, "nysdol");
  }

  @BeforeEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void aListAsPeopleKeepItIsTakenIn() {
    String email = newEmail();
    JsonNode result =
        imported(
            staff,
            """
            \uFEFFCaseworker,Given name,SURNAME,E-mail address,Phone #,DOB,Preferred language,OSOS Customer ID,\
            County of residence,Employment status,Separation date,Separation reason,Employer,UI status,\
            Likely to return?,COVID reason,Weeks unemployed,Attested on,Services\r
            Sid, Ada ,Example%s,%s,(315) 555-0100,1/31/90,Spanish,ny%s,\
            onondaga county,Unemployed,"Jan 4, 2021",Layoff,"Diner, Grill",entitled,\
            No,laid off,4,2/1/21,Job fair 1/19/2021; INITIAL_ASSESSMENT 2021-01-20\r
            """
                .formatted(COUNT.incrementAndGet(), email, System.nanoTime()));

    assertThat(result.get("state").asText()).isEqualTo("DONE");
    assertThat(result.get("problems")).isEmpty();
    assertThat(counts(result)).isEqualTo("1 rows: 1 accepted, 0 refused, 0 duplicates, 1 done");
    assertThat(texts(result.get("ignoredColumns"))).containsExactly("Caseworker");
    assertThat(result.get("fileName").asText()).isEqualTo("list.csv");
    assertThat(result.get("importedBy").asText()).isEqualTo("onondaga.staff");
    assertThat(result.get("importedAt").asText()).isEqualTo("2021-02-01T15:00:00Z");
    assertThat(result.at("/cases/0/row").asInt()).isOne();

    String path = "/api/participants/" + result.at("/cases/0/caseNumber").asText();
    JsonNode participant = staff.get(path).with(200).json();
    assertThat(participant.get("board").asText()).isEqualTo("onondaga");
    assertThat(participant.get("firstName").asText()).isEqualTo("Ada");
    assertThat(participant.get("email").asText()).isEqualTo(email);
    assertThat(participant.get("dateOfBirth").asText()).isEqualTo("1990-01-31");
    assertThat(participant.get("language").asText()).isEqualTo("es");
    assertThat(participant.get("county").asText()).isEqualTo("Onondaga");
    assertThat(participant.at("/eligibility/employmentStatus").asText()).isEqualTo("UNEMPLOYED");
    assertThat(participant.at("/eligibility/employer").asText()).isEqualTo("Diner, Grill");
    assertThat(participant.at("/eligibility/covidReason").asText()).isEqualTo("LAID_OFF");
    assertThat(participant.get("enrollingServices").findValuesAsText("service"))
        .containsExactly("JOB_FAIR", "INITIAL_ASSESSMENT");
    assertThat(participant.get("accountability").asText()).isEqualTo("WIOA_PARTICIPANT");
    assertThat(participant.get("stage").asText()).isEqualTo("OUTREACH");
    assertThat(staff.get(path + "/timeline").json().findValuesAsText("who"))
        .containsOnly("onondaga.staff");
    assertThat(
            jdbc.sql("select received_by || ' ' || source from referral order by id desc limit 1")
                .query(String.class)
                .single())
        .isEqualTo("onondaga.staff IMPORT");
  }

  @Test
  void anExcelFileAndAZipOfOneAreTakenIn() {
    byte[] workbook =
        excel(
            sheet -> {
              String[] headers = {"First", "Last", "Email", "Phone", "DOB", "Military spouse"};
              for (int i = 0; i < headers.length; i++) {
                sheet.value(0, i, headers[i]);
              }
              for (int row = 1; row <= 2; row++) {
                sheet.value(row, 0, "Ada");
                sheet.value(row, 1, "Sheet" + COUNT.incrementAndGet());
                sheet.value(row, 2, newEmail());
                sheet.value(row, 3, 3155550100L);
                sheet.value(row, 4, LocalDate.of(1990, 1, 31));
                sheet.style(row, 4).format("yyyy-mm-dd").set();
                sheet.value(row, 5, row == 1);
              }
            });
    JsonNode result = staff.upload(IMPORT, "list.xlsx", workbook).with(200).json();

    assertThat(result.get("problems")).isEmpty();
    assertThat(result.get("accepted").asInt()).isEqualTo(2);
    JsonNode participant =
        staff
            .get("/api/participants/" + result.at("/cases/0/caseNumber").asText())
            .with(200)
            .json();
    assertThat(participant.get("phone").asText()).isEqualTo("3155550100");
    assertThat(participant.get("dateOfBirth").asText()).isEqualTo("1990-01-31");
    assertThat(participant.at("/eligibility/militarySpouse").asBoolean()).isTrue();

    byte[] zipped = zip("list.xlsx", workbook);
    assertThat(staff.upload(IMPORT, "list.zip", zipped).with(200).json().get("duplicates").asInt())
        .as("the same rows in another file")
        .isEqualTo(2);
  }

  @Test
  void aRefusedRowIsListedAndTheOthersGoIn() {
    String file =
        "first,last,email,dob,language,weeks unemployed,services,county\n"
            + row(newEmail(), "1/31/1990", "en", "4", "", "Onondaga")
            + row("no address", "31/1/1990", "Klingon", "four", "Haircut 1/1/2021", "Kent")
            + ",,,,,,,,\n"
            + row(newEmail(), "2/2/2090", "", "", "", "")
            + "Ada,One,Too many,cells,,,,,x@y.org\n"
            + row(newEmail(), "", "", "", "INITIAL_ASSESSMENT 2021-02-03", "");
    JsonNode result = imported(staff, file);

    assertThat(counts(result)).isEqualTo("5 rows: 1 accepted, 4 refused, 0 duplicates, 5 done");
    JsonNode problems = result.get("problems");
    assertThat(problems.get(0).fieldNames())
        .toIterable()
        .containsExactly("row", "field", "message");
    assertThat(texts(problems))
        .contains(
            "2 email This is not an e-mail address: write one such as ada@example.org.",
            "2 dateOfBirth Date of birth: write a date that exists, such as 1/31/1990 or"
                + " 1990-01-31.",
            "2 county This is not one of New York State's 62 counties: write its name, such as"
                + " Onondaga.",
            "3 dateOfBirth Date of birth lies in the future: check the date.",
            "5 enrollingServices Give the day on which the service was received: it is not in the"
                + " future.")
        .anyMatch(problem -> problem.startsWith("2 language Choose the language by its code"))
        .anyMatch(problem -> problem.startsWith("2 weeksUnemployed"))
        .anyMatch(problem -> problem.startsWith("2 enrollingServices"))
        .anyMatch(problem -> problem.startsWith("4 null The row has more cells"));
    assertThat(staff.get(IMPORTS + result.get("id").asText()).with(200).json()).isEqualTo(result);
  }

  @Test
  void aDryRunTellsWhatWouldHappenAndStoresNothing() {
    String known = newEmail();
    String twice = newEmail();
    String ososId = "NY" + System.nanoTime();
    String knownCase = staff.refer(known);
    String identical = "Ada,Identical" + COUNT.incrementAndGet() + "," + newEmail() + ",,\n";
    JsonNode before = imported(staff, "first,last,email,osos id,dob\n" + identical);
    String other = newEmail();
    String file =
        "first,last,email,osos id,dob\n"
            + "Ada,Known,%s,,\n".formatted(known.toUpperCase())
            + identical
            + "Ada,Once,%s,,\n".formatted(twice)
            + "Ada,Twice,%s,%s,\n".formatted(twice, ososId)
            + "Ada,Thrice,%s,%s,\n".formatted(other, ososId)
            + "Ada,Once,%s,,\n".formatted(twice)
            + ",Refused,%s,,\n".formatted(newEmail())
            + "Bea,Born%s,%s,,2/3/1990\n".formatted(port, newEmail())
            + "BEA,born%s,%s,,1990-02-03\n".formatted(port, newEmail());
    long rowsBefore = count("participant_import_row");
    long participantsBefore = count("participant");

    JsonNode dry = staff.upload(IMPORT + "?dryRun=true", "list.csv", file).with(200).json();

    assertThat(dry.get("id").isNull()).isTrue();
    assertThat(dry.get("state").asText()).isEqualTo("DONE");
    assertThat(counts(dry)).isEqualTo("9 rows: 3 accepted, 1 refused, 5 duplicates, 9 done");
    assertThat(texts(dry.get("duplicateRows")))
        .containsExactly(
            "1 " + knownCase + " false",
            "2 " + before.at("/cases/0/caseNumber").asText() + " true",
            "4 null false",
            "6 null true",
            "9 null false");
    assertThat(texts(dry.get("problems")))
        .containsExactly("7 firstName First name is required: fill it in.");
    assertThat(dry.get("cases")).isEmpty();
    assertThat(count("participant_import_row")).isEqualTo(rowsBefore);
    assertThat(count("participant")).isEqualTo(participantsBefore);

    JsonNode real = imported(staff, file);
    assertThat(counts(real)).isEqualTo(counts(dry));
    assertThat(
            real.get("duplicateRows").findValuesAsText("row").toString()
                + real.get("duplicateRows").findValuesAsText("identical"))
        .isEqualTo(
            dry.get("duplicateRows").findValuesAsText("row").toString()
                + dry.get("duplicateRows").findValuesAsText("identical"));
    assertThat(real.get("cases").findValuesAsText("row")).containsExactly("3", "5", "8");
    assertThat(real.at("/duplicateRows/2/duplicateOf")).isEqualTo(real.at("/cases/0/caseNumber"));
  }

  @Test
  void theSameFileAgainIsTheSameImport() {
    String file = list(newEmail(), newEmail());
    JsonNode first = imported(staff, file);
    long participants = count("participant");

    assertThat(imported(staff, file)).isEqualTo(first);
    assertThat(imported(new Caller(port, "onondaga.supervisor"), file)).isEqualTo(first);
    assertThat(count("participant")).isEqualTo(participants);

    JsonNode elsewhere = imported(suffolk, file);
    assertThat(elsewhere.get("id")).isNotEqualTo(first.get("id"));
    assertThat(elsewhere.get("accepted").asInt()).as("in another board").isEqualTo(2);
  }

  @Test
  void aProbableDuplicateBecomesATaskAndAnIdenticalRowDoesNot() {
    String email = newEmail();
    JsonNode first = imported(staff, list(email));
    String caseNumber = first.at("/cases/0/caseNumber").asText();
    long tasks = count("act_ru_task where task_def_key_ = 'DecideOnDuplicate'");

    JsonNode again = imported(staff, list(email, newEmail()));
    assertThat(counts(again)).isEqualTo("2 rows: 1 accepted, 0 refused, 1 duplicates, 2 done");
    assertThat(texts(again.get("duplicateRows"))).containsExactly("1 " + caseNumber + " true");
    assertThat(count("act_ru_task where task_def_key_ = 'DecideOnDuplicate'")).isEqualTo(tasks);

    String changed = list(email).replace("Ada", "Beatrix");
    JsonNode doubtful = imported(staff, changed);
    assertThat(texts(doubtful.get("duplicateRows"))).containsExactly("1 " + caseNumber + " false");
    assertThat(count("act_ru_task where task_def_key_ = 'DecideOnDuplicate'")).isEqualTo(tasks + 1);

    JsonNode doubtfulAgain = imported(staff, changed + changed.lines().skip(1).findFirst().get());
    assertThat(texts(doubtfulAgain.get("duplicateRows")))
        .containsExactly("1 " + caseNumber + " true", "2 " + caseNumber + " true");
    assertThat(count("act_ru_task where task_def_key_ = 'DecideOnDuplicate'")).isEqualTo(tasks + 1);
  }

  @Test
  void anImportIsSeenByThosePeopleOnlyWhoseBoardsItsRowsMayBeOf() {
    JsonNode ours = imported(staff, list(newEmail()));
    String path = IMPORTS + ours.get("id").asText();
    for (String of : List.of("", "/corrections")) {
      suffolk.get(path + of).problem(404);
      nysdol.get(path + of).with(200);
      new Caller(port, "operator").get(path + of).problem(403);
      new Caller(port, null).get(path + of).problem(401);
    }
    assertThat(ids(staff)).contains(ours.get("id").asText());
    assertThat(ids(suffolk)).doesNotContain(ours.get("id").asText());

    JsonNode theirs = imported(nysdol, "?board=onondaga", list(newEmail()));
    staff.get(IMPORTS + theirs.get("id").asText()).problem(404);
    assertThat(ids(nysdol)).startsWith(theirs.get("id").asText()).contains(ours.get("id").asText());
    assertThat(nysdol.get("/api/participants/imports?size=1").json().findValues("problems").get(0))
        .isEmpty();
    new Caller(port, "operator").upload(IMPORT, "list.csv", list(newEmail())).problem(403);
    new Caller(port, null).upload(IMPORT, "list.csv", list(newEmail())).problem(401);
  }

  @Test
  void aRowOfAnotherBoardIsRefusedAndABoardIsKnownByItsName() {
    String file =
        "LWDB,first,last,email\n"
            + "SUFFOLK,Ada,Elsewhere,%s\n".formatted(newEmail())
            + "Onondaga,Ada,Here,%s\n".formatted(newEmail())
            + ",Ada,Here,%s\n".formatted(newEmail())
            + "Atlantis,Ada,Nowhere,%s\n".formatted(newEmail());

    JsonNode result = imported(staff, file);
    assertThat(result.get("accepted").asInt()).isEqualTo(2);
    assertThat(texts(result.get("problems")))
        .containsExactly(
            "1 board This board is not yours: only its own people can take somebody in there.",
            "4 board There is no board 'Atlantis'. Use an id of /api/boards, such as onondaga.");

    JsonNode states = imported(nysdol, file);
    assertThat(states.get("accepted").asInt()).isOne();
    assertThat(texts(states.get("problems")))
        .contains("3 board Say which board the person is referred to, such as onondaga.");
    assertThat(states.get("duplicates").asInt()).as("identical to what Onondaga sent").isOne();
  }

  @Test
  void whoBelongsToSeveralBoardsSaysWhich() {
    String file = list(newEmail());
    assertThat(nysdol.upload(IMPORT, "list.csv", file).problem(422).json().get("detail").asText())
        .contains("'board'", "?board=");
    nysdol.upload(IMPORT + "?board=atlantis", "list.csv", file).problem(404);
    suffolk.upload(IMPORT + "?board=onondaga", "list.csv", file).problem(404);
    JsonNode result = imported(nysdol, "?board=suffolk", file);
    suffolk.get("/api/participants/" + result.at("/cases/0/caseNumber").asText()).with(200);
  }

  @Test
  void theRefusedRowsComeBackToBeCorrectedAndAreTakenInThen() {
    String good = newEmail();
    String formula = newEmail();
    String late = newEmail();
    JsonNode result =
        imported(
            staff,
            "Notes,Surname,First,E-mail,DOB,Employer\n"
                + "n,Fine,Ada,%s,,\n".formatted(good)
                + "n,\"Exam, ple\",Ada,%s,31/1/1990,=1+1\n".formatted(formula)
                + "n,Late,Ada,%s,1/1/1990,123-45-6789\n".formatted(late));
    assertThat(result.get("refused").asInt()).isEqualTo(2);

    Caller.Answer corrections =
        staff.get(IMPORTS + result.get("id").asText() + "/corrections").with(200);
    assertThat(corrections.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(corrections.header("Content-Disposition")).contains("attachment", ".csv");
    String csv = corrections.body();
    assertThat(csv)
        .startsWith(
            "\uFEFF\"Surname\",\"First\",\"E-mail\",\"DOB\",\"Employer\",\"What to correct\"")
        .contains(
            "\"Exam, ple\",\"Ada\",\"%s\",\"31/1/1990\",\"'=1+1\",\"DOB: write".formatted(formula)
                + " a date")
        .contains("\"1/1/1990\",\"\",\"Employer: Employer seems to hold a Social Security number.")
        .doesNotContain("123-45-6789", good);
    assertThat(count("participant_import_row r where r::text like '%123-45-6789%'")).isZero();

    JsonNode corrected = imported(staff, csv.replace("31/1/1990", "1/31/1990"));
    assertThat(corrected.get("problems")).isEmpty();
    assertThat(corrected.get("ignoredColumns")).isEmpty();
    assertThat(corrected.get("accepted").asInt()).isEqualTo(2);
    assertThat(
            staff
                .get("/api/participants/" + corrected.at("/cases/0/caseNumber").asText())
                .json()
                .at("/eligibility/employer")
                .asText())
        .isEqualTo("=1+1");
  }

  @Test
  void nineDigitsOfARefusedRowAreNotKept() {
    JsonNode result = imported(staff, "first,last,email,osos id\nAda,,x@example.org,123456789\n");
    assertThat(texts(result.get("problems")))
        .anyMatch(problem -> problem.startsWith("1 ososId OSOS ID: nine digits may be"));
    assertThat(staff.get(IMPORTS + result.get("id").asText() + "/corrections").with(200).body())
        .doesNotContain("123456789");
  }

  @Test
  void aLargeFileIsAnsweredBeforeItsCasesAreOpen() throws Exception {
    String path;
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select pg_advisory_xact_lock(hashtextextended('participant-import onondaga', 0))");
      Caller.Answer answer =
          staff
              .upload(
                  IMPORT,
                  "list.csv",
                  list(newEmail(), "x", newEmail()).getBytes(StandardCharsets.UTF_8),
                  "Prefer",
                  "respond-async")
              .with(202);
      path = answer.header("Location");
      assertThat(path).isEqualTo(IMPORTS + answer.json().get("id").asText());
      assertThat(answer.json().get("state").asText()).isEqualTo("RUNNING");
      assertThat(counts(answer.json()))
          .isEqualTo("3 rows: 0 accepted, 1 refused, 0 duplicates, 1 done");
      assertThat(staff.get(path).with(200).json()).isEqualTo(answer.json());
      connection.rollback();
    }
    await()
        .untilAsserted(
            () ->
                assertThat(counts(staff.get(path).with(200).json()))
                    .isEqualTo("3 rows: 2 accepted, 1 refused, 0 duplicates, 3 done"));
    assertThat(staff.get(path).json().get("state").asText()).isEqualTo("DONE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "First,Last\\nAda,Example | 'email'",
        "First,Last,Email,E-mail address\\nAda,Example,a@b.org,a@b.org | 'E-mail address'",
        "Dish,Price\\nSoup,3 | Found: 'Dish', 'Price'",
        "'' | empty",
        "First,Last,Email\\n\"Ada,Example,a@b.org | row 1"
      })
  void aFileThatIsNoListIsRefusedWithWhatIsWrong(String file, String reason) {
    long imports = count("participant_import");
    String content = file.replace("\\n", "\n");
    for (String query : List.of("", "?dryRun=true")) {
      assertThat(
              staff
                  .upload(IMPORT + query, "list.csv", content)
                  .problem(422)
                  .json()
                  .get("detail")
                  .asText())
          .contains(reason);
    }
    assertThat(count("participant_import")).isEqualTo(imports);
  }

  @Test
  void aListOfNobodyTakesNobodyIn() {
    JsonNode result = imported(staff, "First,Last,Email,x" + COUNT.incrementAndGet() + "\n");
    assertThat(counts(result)).isEqualTo("0 rows: 0 accepted, 0 refused, 0 duplicates, 0 done");
    assertThat(result.get("state").asText()).isEqualTo("DONE");
  }

  private static JsonNode imported(Caller caller, String file) {
    return imported(caller, "", file);
  }

  private static JsonNode imported(Caller caller, String query, String file) {
    return caller.upload(IMPORT + query, "list.csv", file).with(200).json();
  }

  /** Somebody for each address, who is the same whenever the address is. */
  private static String list(String... emails) {
    StringBuilder list = new StringBuilder("firstName,lastName,email\n");
    for (String email : emails) {
      list.append("Ada,Listed,").append(email).append('\n');
    }
    return list.toString();
  }

  private static String row(String... cells) {
    return "Ada,Rowe" + COUNT.incrementAndGet() + "," + String.join(",", cells) + "\n";
  }

  private static String counts(JsonNode result) {
    return "%s rows: %s accepted, %s refused, %s duplicates, %s done"
        .formatted(
            result.get("rows"),
            result.get("accepted"),
            result.get("refused"),
            result.get("duplicates"),
            result.get("done"));
  }

  /** Each element in one text: its values with blanks between. */
  private static List<String> texts(JsonNode list) {
    List<String> texts = new java.util.ArrayList<>();
    for (JsonNode element : list) {
      List<String> values = new java.util.ArrayList<>();
      element.forEach(value -> values.add(value.asText()));
      texts.add(element.isValueNode() ? element.asText() : String.join(" ", values));
    }
    return texts;
  }

  private static List<String> ids(Caller caller) {
    return caller
        .get("/api/participants/imports?size=500")
        .with(200)
        .json()
        .get("content")
        .findValuesAsText("id");
  }

  private long count(String from) {
    return jdbc.sql("select count(*) from " + from).query(Long.class).single();
  }
}
