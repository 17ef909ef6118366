package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.participant.ImportResult;
import org.lwdb.casework.participant.ParticipantImports;
import org.lwdb.casework.process.CaseDriver.OsosCase;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.lwdb.casework.process.ChangeDriver.Team;
import org.lwdb.casework.process.ChangeDriver.TracedChange;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Neither the engine nor the log ever keeps who a case is about, or what a form was told: only our
 * own tables do, where it can be found, corrected and one day deleted.
 */
@CaseworkTest
@ExtendWith(OutputCaptureExtension.class)
class PrivacyTest {

  private static final LocalDate BORN = LocalDate.of(1987, 10, 29);

  /** What nothing else in the tests holds: all of it is about one person. */
  private static final List<String> PERSONAL =
      List.of(
          "Zephyrine",
          "Quillfeather",
          "zephyrine.q",
          "1987-10-29",
          "10/29/1987",
          String.valueOf(BORN.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()),
          String.valueOf(BORN.atStartOfDay(NewYork.ZONE).toInstant().toEpochMilli()),
          "555-0142",
          "5550142",
          "NYQ77310",
          "Gossamer Kites",
          "Skaneateles");

  @Autowired CaseDriver driver;
  @Autowired ChangeDriver changes;
  @Autowired ProcessEngine engine;
  @Autowired JdbcClient jdbc;
  @Autowired ParticipantImports imports;
  @Autowired CasesFromFiles casesFromFiles;

  @BeforeEach
  void startOfFebruary() {
    driver.clock.reset();
  }

  @Test
  void theEngineAndTheLogKnowNobody(CapturedOutput log) {
    assertThatThrownBy(() -> start(Map.of("email", "zephyrine.q at example.org"))).isNotNull();
    TracedCase traced = driver.traced(start(Map.of("email", "zephyrine.q@example.org")));
    nobodyIsKnown();

    start(Map.of("email", "zephyrine.q@example.org"));
    String duplicate = driver.newestTask("DecideOnDuplicate");
    assertThat(driver.shown(duplicate).toString()).contains("Quillfeather", "10/29/1987");
    nobodyIsKnown();
    driver.submit(duplicate, Map.of("duplicateDecision", "SAME_PERSON"));

    driver.journey.answer(traced.id(), "CALL_ME");
    assertThat(traced.shown("CallPerson")).containsEntry("personName", "Zephyrine Quillfeather");
    nobodyIsKnown();
    traced.submit(
        "CallPerson", Map.of("answer", "INTERESTED", "note", "Zephyrine knits at night."));
    assertThatThrownBy(
            () ->
                traced.submit("CompleteAnswers", Map.of("employer", "Gossamer Kites 123-45-6789")))
        .isNotNull();
    nobodyIsKnown();
    Map<String, Object> answers = new HashMap<>(CaseDriver.ELIGIBLE);
    answers.put("employer", "Gossamer Kites");
    answers.put("city", "Skaneateles");
    traced.submit("CompleteAnswers", answers);
    traced.submit("InviteInCoursera", Map.of("sentOn", "2021-02-01"));

    driver.bounce(traced);
    nobodyIsKnown();
    traced.submit("CorrectAddress", Map.of("email", "zephyrine.q.new@example.org"));
    driver.journey.reportAccountProblem(
        traced.id(), "TROUBLE", "Quillfeather signed up as zephyrine.q.home@example.org.");
    nobodyIsKnown();
    traced.submit(
        "SolveAccountProblem",
        Map.of("cause", "OTHER_ADDRESS", "result", "Called Zephyrine at 555-0142."));

    traced.reported("First Steps", 100, true);
    OsosCase referral = driver.owed(traced).get(0);
    OsosCase outcome = driver.owed(traced).get(1);
    assertThat(referral.shown("EnterIntoOsos").toString()).contains("Quillfeather");
    nobodyIsKnown();
    referral.submit(
        "EnterIntoOsos",
        Map.of("result", "ENTERED", "enteredOn", "2021-02-01", "comment", "As Quillfeather, Z."));
    outcome.submit(
        "DecideOutcome",
        Map.of(
            "outcome", "CREDENTIAL",
            "credentialType", "License of Zephyrine",
            "evidence", "Certificate in the name of Quillfeather"));
    outcome.submit(
        "EnterIntoOsos", Map.of("result", "CANCELLED", "comment", "Zephyrine asked for it."));
    driver.sender.sendDue();
    driver.journey.close(traced.id(), "WITHDRAWN", "Zephyrine moves to Skaneateles.", null);
    traced.hasEnded();

    nobodyIsKnown();
    assertThat(traced.file().fullName()).isEqualTo("Zephyrine Quillfeather");
    assertThat(log.toString().lines().filter(PrivacyTest::isOurs))
        .noneMatch(line -> PERSONAL.stream().anyMatch(personal -> holds(line, personal)));
  }

  /** Of an administrator the engine knows the account alone, from the start date on. */
  @Test
  void theEngineKnowsNobodyOfAnAttachmentA() {
    Team team = changes.team("st-lawrence");
    Map<String, Object> form =
        Map.of(
            "kind", "REPLACE",
            "outgoingEmail", team.email("carl"),
            "lastDay", "2021-03-01",
            "incomingName", "Zephyrine Quillfeather",
            "incomingTitle", "Keeper of the Gossamer Kites",
            "incomingEmail", "zephyrine.q@example.org",
            "incomingPhone", "315-555-0142",
            "startDate", "2021-03-02",
            "note", "Zephyrine moves to Skaneateles.");
    String id =
        team.as(
            "staff",
            () ->
                engine
                    .getFormService()
                    .submitStartForm(definition(ChangeOfAdministratorProcess.KEY), form)
                    .getBusinessKey());
    nobodyIsKnown();
    TracedChange traced = changes.new TracedChange(team, Long.parseLong(id));
    traced.submit(
        "supervisor",
        "DecideOnChange",
        Map.of("decision", "RETURN", "reason", "Is it Quillfeather?"));
    Map<String, Object> again = new HashMap<>(form);
    again.put("correction", "SUBMIT");
    traced.submit("staff", "CorrectRequest", again);
    traced.submit("supervisor", "DecideOnChange", Map.of("decision", "APPROVE"));
    traced.submit(
        "nysdol", "ConfirmChange", Map.of("answer", "CONFIRMED", "reason", "Welcome, Zephyrine."));
    nobodyIsKnown();
    assertThat(traced.now().incoming().name()).isEqualTo("Zephyrine Quillfeather");
  }

  /** What came by the file stands in the cases alone, and what was refused only for a while. */
  @Test
  void ofAFileOfParticipantsNobodyIsKept(CapturedOutput log) {
    String file =
        """
        first,last,email,phone,dob,osos id,employer,comment
        Zephyrine,Quillfeather,zephyrine.q.file@example.org,315-555-0142,10/29/1987,NYQ77310F,Gossamer Kites,hers
        Zephyrine,Quillfeather,zephyrine.q.again@example.org,,1987-10-29,,,
        Zephyrine,Quillfeather,zephyrine.q at example.org,123-45-6789,10/29/1987,987654321,Gossamer Kites,knits
        """;
    long id =
        CurrentUser.as(
            "suffolk.staff",
            () ->
                imports.store(
                    new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                    "list.csv",
                    "suffolk",
                    Set.of("suffolk")));
    casesFromFiles.openDue();

    ImportResult result = imports.get(id, Set.of("suffolk"));
    assertThat(result.done()).isEqualTo(3);
    assertThat(result.refused()).isOne();
    assertThat(result.duplicates()).isPositive();
    nobodyIsKnown();
    assertThat(found("participant\\_import%", List.of("123-45-6789", "987654321", "knits")))
        .isEmpty();
    assertThat(found("participant\\_import%", PERSONAL))
        .isNotEmpty()
        .allMatch(place -> place.startsWith("participant_import_row.cells"));

    driver.clock.advance(Period.ofDays(91));
    imports.forget();
    assertThat(found("participant\\_import%", PERSONAL)).isEmpty();
    assertThat(log.toString().lines().filter(PrivacyTest::isOurs))
        .noneMatch(line -> PERSONAL.stream().anyMatch(personal -> holds(line, personal)));
  }

  /** The SMTP server of the tests logs whom it gets mails for. */
  private static boolean isOurs(String line) {
    return !line.contains("c.icegreen.greenmail");
  }

  @Test
  void theSearchLooksIntoEveryColumn() {
    TracedCase traced = driver.interested();
    assertThat(found(List.of(traced.caseNumber()))).isNotEmpty();
    assertThat(found(List.of("Eligibility (Attachment B)"))) // the text of a form, in bytes
        .anyMatch(place -> place.startsWith("act_ge_bytearray.bytes_"));
    assertThat(found(List.of(String.valueOf(traced.id()))))
        .anyMatch(place -> place.startsWith("act_ru_variable.long_"));
  }

  @Test
  void historyKeepsNoValues() {
    TracedCase traced = driver.learning();
    traced.fire("NextLookDue");
    for (String table : List.of("act_hi_varinst", "act_hi_detail", "act_hi_decinst")) {
      assertThat(jdbc.sql("select * from " + table).query().listOfRows()).as(table).isEmpty();
    }
  }

  /** As a member of staff does in Tasklist; the case's number, null while it is undecided. */
  private String start(Map<String, Object> contact) {
    Map<String, Object> referral = new HashMap<>(contact);
    referral.put("firstName", "Zephyrine");
    referral.put("lastName", "Quillfeather");
    referral.put("dateOfBirth", BORN.toString());
    referral.put("phone", "315-555-0142");
    referral.put("ososId", "NYQ77310");
    String definition = definition(ParticipantJourney.KEY);
    return SignedIn.asStaffOf(
        "onondaga",
        engine,
        () -> engine.getFormService().submitStartForm(definition, referral).getBusinessKey());
  }

  private String definition(String key) {
    return engine
        .getRepositoryService()
        .createProcessDefinitionQuery()
        .processDefinitionKey(key)
        .latestVersion()
        .singleResult()
        .getId();
  }

  private void nobodyIsKnown() {
    assertThat(found(PERSONAL)).as("personal data in the engine's tables").isEmpty();
  }

  /** Where in the engine's tables any of the texts stands: table, column, text. */
  private TreeSet<String> found(List<String> texts) {
    return found("act\\_%", texts);
  }

  private TreeSet<String> found(String tables, List<String> texts) {
    TreeSet<String> places = new TreeSet<>();
    jdbc.sql(
            """
            select table_name from information_schema.tables
             where table_schema = current_schema() and table_name like ?
            """)
        .param(tables)
        .query(String.class)
        .list()
        .forEach(
            table ->
                jdbc.sql("select * from " + table)
                    .query()
                    .listOfRows()
                    .forEach(
                        row ->
                            row.forEach(
                                (column, value) ->
                                    texts.stream()
                                        .filter(text -> holds(value, text))
                                        .forEach(
                                            text ->
                                                places.add(table + "." + column + ": " + text)))));
    return places;
  }

  private static boolean holds(Object value, String text) {
    String read =
        value instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.ISO_8859_1)
            : String.valueOf(value);
    return read.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }
}
