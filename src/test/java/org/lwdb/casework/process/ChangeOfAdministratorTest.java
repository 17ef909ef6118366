package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.administrator.Kind;
import org.lwdb.casework.administrator.RequestedChange;
import org.lwdb.casework.administrator.RequestedChange.Incoming;
import org.lwdb.casework.administrator.RequestedChange.Outgoing;
import org.lwdb.casework.administrator.State;
import org.lwdb.casework.process.ChangeDriver.Team;
import org.lwdb.casework.process.ChangeDriver.TracedChange;
import org.springframework.beans.factory.annotation.Autowired;

/** Every way that a change of Coursera administrator can go. */
@CaseworkTest
class ChangeOfAdministratorTest {

  private static final String HELP = "Coursera.Help@labor.ny.gov";

  @RegisterExtension
  static final ModelCoverage COVERAGE = new ModelCoverage(ChangeOfAdministratorProcess.KEY);

  @Autowired ChangeDriver driver;
  @Autowired GreenMail mails;
  private Team team;

  @BeforeEach
  void startOfFebruary() {
    driver.clock.reset();
    team = driver.team("orange");
  }

  // From the request to its effect

  @Test
  void accessAndRegisterFollowTheDatesAndNotTheConfirmation() {
    TracedChange traced = team.approved("2021-02-10", "2021-02-12");
    assertThat(traced.now().state()).isEqualTo(State.APPROVED);
    traced.sendMails();
    assertThat(traced.now().state()).isEqualTo(State.SENT);
    assertThat(traced.now().sentAt()).isNotNull();
    assertThat(team.active()).containsExactly("Carl Leaver", "Cora Stayer");

    traced.fire("LastDayOver", "2021-02-11T00:00");
    assertThat(team.active()).containsExactly("Cora Stayer");
    assertThat(team.groups(team.user("carl"))).isEmpty();
    assertThat(team.belongs(team.user("carl"))).isFalse();

    traced.fire("StartDateCome", "2021-02-12T00:00");
    assertThat(team.active()).containsExactly("Cora Stayer", "Dana Comer");
    assertThat(traced.now().state()).isEqualTo(State.SENT);

    traced.confirm("nysdol", true, null, null);
    assertThat(traced.now().state()).isEqualTo(State.IN_EFFECT);
    traced.hasEnded();
    assertThat(traced.story())
        .containsExactly(
            "Change of Coursera administrator requested",
            "Change approved",
            "Attachment A sent to NYSDOL",
            "Coursera administrator has left: Carl Leaver",
            "New Coursera administrator: Dana Comer",
            "NYSDOL confirmed the change",
            "Change in effect");
  }

  @Test
  void confirmedBeforeTheDatesItWaitsForThem() {
    TracedChange traced = team.approved("2021-02-10", "2021-02-11");
    traced.sendMails();
    traced.confirm("nysdol", true, null, null);
    assertThat(traced.now().state()).isEqualTo(State.CONFIRMED);
    traced.fire("LastDayOver", "2021-02-11T00:00");
    traced.fire("StartDateCome", "2021-02-11T00:00");
    assertThat(traced.now().state()).isEqualTo(State.IN_EFFECT);
    traced.hasEnded();
  }

  @Test
  void aLastDayThatIsTodayEndsTheAccessWithTheApproval() {
    TracedChange traced = team.approved("2021-02-01", "2021-02-01");
    assertThat(traced.now().outgoingEndedAt()).isNotNull();
    assertThat(traced.now().incomingStartedAt()).isNotNull();
    assertThat(team.active()).containsExactly("Cora Stayer", "Dana Comer");
    assertThat(team.groups(team.user("carl"))).isEmpty();
    assertThat(traced.timers()).containsExactlyInAnyOrder("ConfirmationDue", "SecondReminderDue");
  }

  @Test
  void whoLeavesGivesClaimedTasksBackAndKeepsWhatAnotherRoleTiesToTheBoard() {
    TracedChange other = team.request("staff", team.remove("cora", "2021-03-01"));
    other.decide("supervisor", "APPROVE", null);
    Task claimed = other.task("ConfirmChange");
    driver.engine.getTaskService().setAssignee(claimed.getId(), team.user("carl"));
    driver.engine.getIdentityService().createMembership(team.user("carl"), "local-staff");

    TracedChange traced = team.request("staff", team.remove("carl", "2021-01-29"));
    traced.decide("supervisor", "APPROVE", null);

    assertThat(other.task("ConfirmChange").getAssignee()).isNull();
    assertThat(team.groups(team.user("carl"))).containsExactly("local-staff");
    assertThat(team.belongs(team.user("carl"))).isTrue();
    assertThat(traced.passed()).contains("NobodyComes");
    traced.confirm("nysdol", true, null, null);
    traced.hasEnded();
  }

  @Test
  void aNewPersonGetsAnAccountAndAKnownOneKeepsTheirs() {
    TracedChange traced = team.approved("2021-02-01", "2021-02-01");
    String dana = driver.administrators.serving(team.board).get(1).administrator().username();
    assertThat(team.groups(dana)).containsExactly("coursera-administrators");
    assertThat(team.belongs(dana)).isTrue();
    assertThat(traced.mails("ADMINISTRATOR_BEGINS"))
        .singleElement()
        .satisfies(mail -> assertThat(mail.to()).isEqualTo(team.dana()));

    TracedChange known =
        team.request(
            "supervisor",
            new RequestedChange(
                team.board,
                Kind.REPLACE,
                new Outgoing(team.email("cora"), LocalDate.of(2021, 2, 1)),
                team.incoming(team.email("staff").toUpperCase(), "2021-02-01"),
                null));
    known.decide("nysdol", "APPROVE", null);
    assertThat(team.groups(team.user("staff")))
        .containsExactlyInAnyOrder("coursera-administrators", "local-staff");
    assertThat(driver.administrators.serving(team.board))
        .extracting(entry -> entry.administrator().username())
        .containsExactlyInAnyOrder(dana, team.user("staff"));
  }

  @Test
  void anAdditionMendsABoardOfOne() {
    team.request("staff", team.remove("carl", "2021-02-01")).decide("nysdol", "APPROVE", null);
    TracedChange addition = team.request("cora", team.add("2021-02-03"));
    addition.decide("supervisor", "APPROVE", null);
    assertThat(addition.passed()).contains("NobodyLeaves");
    addition.fire("StartDateCome", "2021-02-03T00:00");
    assertThat(team.active()).containsExactly("Cora Stayer", "Dana Comer");
    addition.confirm("nysdol", true, null, null);
    addition.hasEnded();
  }

  @Test
  void aCorrectionChangesTheRegisterAndNobodysOffice() {
    Incoming values =
        new Incoming(
            null, "Director", null, "carl.new@" + team.board + ".example.org", null, null, null);
    TracedChange traced =
        team.request(
            "staff",
            new RequestedChange(
                team.board, Kind.CORRECT, new Outgoing(team.email("carl"), null), values, null));
    traced.decide("supervisor", "APPROVE", null);
    assertThat(driver.administrators.serving(team.board).get(0).administrator())
        .satisfies(
            carl -> {
              assertThat(carl.name()).isEqualTo("Carl Leaver");
              assertThat(carl.title()).isEqualTo("Director");
              assertThat(carl.email()).isEqualTo(values.email());
              assertThat(carl.phone()).isEqualTo("315-555-0142");
            });
    assertThat(team.groups(team.user("carl"))).containsExactly("coursera-administrators");
  }

  // The decision

  @Test
  void theSupervisorIsRemindedAndThenNysdolDecides() {
    driver.clock.advance(Duration.ofDays(10)); // Thursday before Lincoln's birthday
    TracedChange traced = team.request("staff", team.replace("2021-03-01", "2021-03-02"));
    assertThat(traced.candidates("DecideOnChange"))
        .containsExactlyInAnyOrder("supervisors", "nysdol");
    traced.fire("DecisionDue", "2021-02-16T10:00");
    traced.fire("EscalationDue", "2021-02-17T10:00");
    assertThat(traced.mails("CHANGE_TO_DECIDE"))
        .extracting(mail -> mail.to())
        .containsExactly(team.email("supervisor"), "nysdol@example.org");
    assertThat(traced.task("DecideOnChange").getPriority()).isGreaterThan(50);

    traced.decide("nysdol", "REFUSE", "Dana works elsewhere.");
    assertThat(traced.now().state()).isEqualTo(State.REFUSED);
    assertThat(traced.mails("CHANGE_SENT_BACK"))
        .extracting(mail -> mail.to())
        .containsExactly(team.email("staff"));
    traced.hasEnded();
    assertThat(traced.mails("ATTACHMENT_A")).isEmpty();
    traced.sendMails();
    assertThat(traced.states()).hasSize(3).containsOnly("ACCEPTED");
    assertThat(team.active()).hasSize(2);
  }

  @Test
  void whoAskedDoesNotDecideEvenAsTheOnlySupervisor() {
    TracedChange traced = team.request("supervisor", team.replace("2021-03-01", "2021-03-02"));
    assertThat(traced.candidates("DecideOnChange")).containsExactly("nysdol");
    refuses(
        () -> traced.decide("supervisor", "APPROVE", null),
        Forbidden.class,
        "You asked for this change yourself");
    refuses(
        () -> traced.decide("cora", "APPROVE", null), Forbidden.class, "decided by a supervisor");
    traced.fire("DecisionDue", "2021-02-02T10:00");
    assertThat(traced.mails("CHANGE_TO_DECIDE"))
        .extracting(mail -> mail.to())
        .containsExactly("nysdol@example.org");
    traced.decide("nysdol", "APPROVE", null);
    assertThat(traced.now().decidedBy()).isEqualTo("nysdol");
  }

  @Test
  void whoIsToBecomeAdministratorDoesNotDecide() {
    TracedChange traced =
        team.request(
            "staff",
            new RequestedChange(
                team.board,
                Kind.REPLACE,
                new Outgoing(team.email("carl"), LocalDate.of(2021, 3, 1)),
                team.incoming(team.email("supervisor"), "2021-03-02"),
                null));
    assertThat(traced.candidates("DecideOnChange")).containsExactly("nysdol");
    refuses(
        () -> traced.decide("supervisor", "APPROVE", null),
        Forbidden.class,
        "You are to become administrator");
  }

  @Test
  void aReturnedRequestIsCorrectedAndDecidedAnew() {
    TracedChange traced = team.request("staff", team.replace("2021-02-03", "2021-02-04"));
    traced.submit(
        "supervisor",
        "DecideOnChange",
        Map.of("decision", "RETURN", "reason", "Carl stays longer."));
    assertThat(traced.now().state()).isEqualTo(State.RETURNED);
    assertThat(traced.task("CorrectRequest").getAssignee()).isEqualTo(team.user("staff"));
    assertThat(
            driver
                .engine
                .getFormService()
                .getTaskFormVariables(traced.task("CorrectRequest").getId()))
        .containsEntry("lastDay", "2021-02-03")
        .containsEntry("incomingName", "Dana Comer")
        .containsEntry("returnReason", "Carl stays longer.");
    driver.clock.advance(Duration.ofDays(1));
    traced.submit("staff", "CorrectRequest", form("2021-02-28", "2021-03-01", "SUBMIT"));
    assertThat(traced.now().state()).isEqualTo(State.REQUESTED);
    assertThat(traced.now().outgoing().lastDay()).isEqualTo("2021-02-28");
    traced.fire("DecisionDue", "2021-02-03T10:00");
    traced.submit("supervisor", "DecideOnChange", Map.of("decision", "APPROVE"));
    assertThat(traced.now().state()).isEqualTo(State.APPROVED);
  }

  @Test
  void whatCannotBeAnyMoreIsNotApproved() {
    TracedChange first = team.request("staff", team.remove("carl", "2021-03-01"));
    TracedChange second = team.request("staff", team.remove("cora", "2021-03-01"));
    assertThat(second.tasks()).containsExactly("DecideOnChange");
    first.decide("supervisor", "APPROVE", null);
    TracedChange addition = team.request("staff", team.add("2021-03-02"));
    second.withdraw("staff");
    driver
        .jdbc
        .sql("update administrator_change set start_date = '2021-02-15' where id = ?")
        .param(addition.id)
        .update();
    refuses(
        () -> addition.decide("supervisor", "APPROVE", null),
        BadInput.class,
        "more than two active Coursera administrators on 02/15/2021");
    assertThat(addition.tasks()).containsExactly("DecideOnChange");
  }

  // NYSDOL's answer

  @Test
  void nysdolIsRemindedAfterThreeAndSevenBusinessDays() {
    driver.clock.advance(Duration.ofDays(10));
    TracedChange traced = team.approved("2021-03-01", "2021-03-02");
    traced.fire("ConfirmationDue", "2021-02-18T10:00");
    assertThat(traced.mails("CHANGE_TO_CONFIRM"))
        .extracting(mail -> mail.to())
        .containsExactlyInAnyOrder("nysdol@example.org", team.email("supervisor"));
    traced.fire("SecondReminderDue", "2021-02-24T10:00");
    assertThat(traced.mails("CHANGE_TO_CONFIRM")).hasSize(4);
    traced.sendMails();
    assertThat(traced.states()).hasSize(5).containsOnly("ACCEPTED");
    assertThat(traced.tasks()).containsExactly("ConfirmChange");
  }

  @Test
  void theBoardRecordsNysdolsMailWithItsDate() {
    TracedChange traced = team.approved("2021-03-01", "2021-03-02");
    refuses(() -> traced.confirm("cora", true, null, null), Forbidden.class, "date of its mail");
    refuses(
        () -> traced.confirm("staff", true, null, "2021-02-01"),
        Forbidden.class,
        "supervisor or Coursera administrators");
    refuses(
        () -> traced.confirm("cora", true, null, "2021-02-02"), BadInput.class, "in the future");
    refuses(
        () -> traced.confirm("cora", true, null, "2021-01-31"),
        BadInput.class,
        "before the approval");
    traced.submit(
        "cora", "ConfirmChange", Map.of("answer", "CONFIRMED", "acknowledgedOn", "2021-02-01"));
    assertThat(traced.now().state()).isEqualTo(State.CONFIRMED);
    assertThat(traced.now().acknowledgedOn()).isEqualTo("2021-02-01");
    assertThat(traced.now().confirmedBy()).isEqualTo(team.user("cora"));
  }

  @Test
  void aRefusalOfNysdolGoesBackToWhoAskedAndIsSentAnew() {
    TracedChange traced = team.approved("2021-02-01", "2021-03-02");
    traced.sendMails();
    traced.confirm("nysdol", false, "The start date is missing in our list.", null);
    assertThat(traced.now().state()).isEqualTo(State.RETURNED);
    assertThat(traced.timers()).isEmpty();
    assertThat(traced.task("CorrectRequest").getAssignee()).isEqualTo(team.user("staff"));
    assertThat(traced.mails("CHANGE_SENT_BACK")).hasSize(1);

    refuses(
        () -> traced.submitAgain("staff", team.replace("2021-02-20", "2021-03-02")),
        BadInput.class,
        "Carl Leaver's access has ended already");
    traced.submitAgain("staff", team.replace("2021-02-01", "2021-02-15"));
    traced.decide("supervisor", "APPROVE", null);
    traced.sendMails();
    assertThat(traced.mails("ATTACHMENT_A"))
        .extracting(mail -> mail.state())
        .containsExactly("ACCEPTED", "ACCEPTED");
    traced.confirm("nysdol", true, null, null);
    traced.fire("StartDateCome", "2021-02-15T00:00");
    traced.hasEnded();
    assertThat(team.active()).containsExactly("Cora Stayer", "Dana Comer");
  }

  // Withdrawal

  @Test
  void aRequestIsWithdrawnUntilItIsSent() {
    TracedChange traced = team.request("staff", team.replace("2021-03-01", "2021-03-02"));
    refuses(() -> traced.withdraw("cora"), Forbidden.class, "by the person who asked");
    traced.withdraw("staff");
    assertThat(traced.now().state()).isEqualTo(State.WITHDRAWN);
    traced.hasEnded();

    TracedChange approved = team.approved("2021-03-01", "2021-03-02");
    approved.withdraw("supervisor");
    approved.hasEnded();
    approved.sendMails();
    assertThat(approved.mails("ATTACHMENT_A"))
        .extracting(mail -> mail.state())
        .containsExactly("WITHDRAWN");

    TracedChange sent = team.approved("2021-03-01", "2021-03-02");
    sent.sendMails();
    refuses(() -> sent.withdraw("staff"), BadInput.class, "nothing to withdraw");
    assertThat(sent.tasks()).containsExactly("ConfirmChange");
  }

  @Test
  void aReturnedRequestCanBeWithdrawnInItsTask() {
    TracedChange traced = team.request("staff", team.replace("2021-03-01", "2021-03-02"));
    traced.decide("supervisor", "RETURN", "Carl stays.");
    traced.submit("staff", "CorrectRequest", Map.of("correction", "WITHDRAW"));
    assertThat(traced.now().state()).isEqualTo(State.WITHDRAWN);
    traced.hasEnded();
  }

  // The start form

  @Test
  void theStartFormAsksForTheSame() {
    String key =
        team.as(
            "staff",
            () ->
                driver
                    .engine
                    .getFormService()
                    .submitStartForm(
                        driver
                            .engine
                            .getRepositoryService()
                            .createProcessDefinitionQuery()
                            .processDefinitionKey(ChangeOfAdministratorProcess.KEY)
                            .latestVersion()
                            .singleResult()
                            .getId(),
                        form("2021-02-10", "2021-02-11", null))
                    .getBusinessKey());
    TracedChange traced = driver.new TracedChange(team, Long.parseLong(key));
    assertThat(traced.now().board()).isEqualTo("orange");
    assertThat(traced.now().requestedBy()).isEqualTo(team.user("staff"));
    assertThat(traced.now().incoming().email()).isEqualTo(team.dana());
    assertThat(traced.task("DecideOnChange").getTenantId()).isEqualTo("orange");
  }

  private Map<String, Object> form(String lastDay, String startDate, String correction) {
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "kind", "REPLACE",
                "outgoingEmail", team.email("carl"),
                "lastDay", lastDay,
                "incomingName", "Dana Comer",
                "incomingTitle", "Career advisor",
                "incomingAgency", "Career Center",
                "incomingEmail", team.dana(),
                "hasCourseraAccount", "false",
                "startDate", startDate));
    if (correction != null) {
      values.put("correction", correction);
    }
    return values;
  }

  // The rules

  static Stream<Arguments> impossible() {
    return Stream.of(
        asked(
            "kind is one of", (t, c) -> change(t, null, out(c, "2021-03-01"), in(t, "2021-03-02"))),
        asked("is no", (t, c) -> change(t, Kind.REMOVE, out("x@example.org", "2021-03-01"), null)),
        asked("is no", (t, c) -> change(t, Kind.REMOVE, out(t.email("staff"), "2021-03-01"), null)),
        asked("Give the last day", (t, c) -> change(t, Kind.REMOVE, out(c, null), null)),
        asked("address of the administrator", (t, c) -> change(t, Kind.REMOVE, null, null)),
        asked(
            "A removal brings nobody",
            (t, c) -> change(t, Kind.REMOVE, out(c, "2021-03-01"), in(t, "2021-03-02"))),
        asked(
            "An addition ends nobody's office",
            (t, c) -> change(t, Kind.ADD, out(c, "2021-03-01"), in(t, "2021-03-02"))),
        asked("Give the name", (t, c) -> change(t, Kind.REPLACE, out(c, "2021-03-01"), null)),
        asked(
            "more than two active Coursera administrators on 03/02/2021",
            (t, c) -> change(t, Kind.ADD, null, in(t, "2021-03-02"))),
        asked(
            "before the last day",
            (t, c) -> change(t, Kind.REPLACE, out(c, "2021-03-02"), in(t, "2021-03-01"))),
        asked("before the first one", (t, c) -> change(t, Kind.REMOVE, out(c, "2021-01-03"), null)),
        asked(
            "before the partnership", (t, c) -> change(t, Kind.REMOVE, out(c, "2012-03-01"), null)),
        asked("more than a year", (t, c) -> change(t, Kind.REMOVE, out(c, "2201-03-01"), null)),
        asked(
            "Cora Stayer is a Coursera administrator of this board already",
            (t, c) ->
                change(
                    t,
                    Kind.REPLACE,
                    out(c, "2021-03-01"),
                    t.incoming(t.email("cora"), "2021-03-02"))),
        asked(
            "another board's Coursera administrator",
            (t, c) ->
                change(
                    t,
                    Kind.REPLACE,
                    out(c, "2021-03-01"),
                    t.incoming("Else.Where@example.org", "2021-03-02"))),
        asked(
            "works elsewhere",
            (t, c) ->
                change(
                    t,
                    Kind.REPLACE,
                    out(c, "2021-03-01"),
                    t.incoming("suffolk.staff@example.org", "2021-03-02"))),
        asked(
            "works elsewhere",
            (t, c) ->
                change(
                    t,
                    Kind.REPLACE,
                    out(c, "2021-03-01"),
                    t.incoming("nysdol@example.org", "2021-03-02"))),
        asked(
            "is no",
            (t, c) -> change(t, Kind.CORRECT, out("else.where@example.org", null), in(t, null))),
        asked("at least one value", (t, c) -> change(t, Kind.CORRECT, out(c, null), null)),
        asked(
            "A correction ends nobody's office",
            (t, c) -> change(t, Kind.CORRECT, out(c, "2021-03-01"), in(t, null))),
        asked(
            "not an e-mail address",
            (t, c) ->
                change(
                    t,
                    Kind.REPLACE,
                    out(c, "2021-03-01"),
                    t.incoming("dana at home", "2021-03-02"))),
        asked(
            "Social Security number",
            (t, c) ->
                new RequestedChange(
                    t.board, Kind.REMOVE, out(c, "2021-03-01"), null, "Hers is 123-45-6789.")));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void eachRuleHasItsSentence(String sentence, BiFunction<Team, String, RequestedChange> asked) {
    driver.administrators.add(
        "ulster",
        "Else Where",
        null,
        null,
        "else.where@example.org",
        null,
        null,
        LocalDate.of(2021, 1, 4),
        null);
    try {
      refuses(
          () -> team.request("staff", asked.apply(team, team.email("carl"))),
          BadInput.class,
          sentence.equals("is no") ? "No active Coursera administrator of this board" : sentence);
    } finally {
      driver.jdbc.sql("delete from administrator where board_id = 'ulster'").update();
    }
  }

  @Test
  void aSecondRequestAboutTheSamePersonNamesTheFirst() {
    TracedChange first = team.request("staff", team.replace("2021-03-01", "2021-03-02"));
    refuses(
        () -> team.request("cora", team.remove("carl", "2021-03-01")),
        BadInput.class,
        "Request " + first.id + " about the same person is still open (REQUESTED)");
    refuses(
        () ->
            team.request(
                "cora",
                change(
                    team,
                    Kind.REPLACE,
                    out(team.email("cora"), "2021-03-01"),
                    team.incoming(team.dana().toUpperCase(), "2021-03-02"))),
        BadInput.class,
        "Request " + first.id);
    team.request("cora", team.remove("cora", "2021-03-01"));
    first.withdraw("staff");
    team.request("cora", team.remove("carl", "2021-03-01"));
  }

  private static Arguments asked(
      String sentence, BiFunction<Team, String, RequestedChange> request) {
    return arguments(sentence, request);
  }

  private static RequestedChange change(
      Team team, Kind kind, Outgoing outgoing, Incoming incoming) {
    return new RequestedChange(team.board, kind, outgoing, incoming, null);
  }

  private static Outgoing out(String email, String lastDay) {
    return new Outgoing(email, lastDay == null ? null : LocalDate.parse(lastDay));
  }

  private static Incoming in(Team team, String startDate) {
    return team.incoming(team.dana(), startDate);
  }

  // Attachment A

  @Test
  void attachmentAGoesToNysdolAtOnceAsAnAccessibleDocument() throws Exception {
    driver.clock.advance(Duration.ofHours(13)); // 11 p.m., in the quiet hours
    TracedChange traced = team.approved("2021-02-10", "2021-02-11");
    traced.sendMails();
    MimeMessage mail =
        Arrays.stream(mails.getReceivedMessages())
            .filter(one -> subject(one).equals("Orange Coursera administrator update"))
            .reduce((one, later) -> later)
            .orElseThrow();
    assertThat(mail.getRecipients(Message.RecipientType.TO))
        .extracting("address")
        .containsExactly(HELP);
    assertThat(mail.getRecipients(Message.RecipientType.CC))
        .extracting("address")
        .containsExactly(team.email("staff"), team.email("supervisor"));
    assertThat(mail.getReplyTo())
        .as("NYSDOL's answer goes to the board")
        .isEqualTo(mail.getRecipients(Message.RecipientType.CC));
    Multipart parts = (Multipart) mail.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    Part document = parts.getBodyPart(1);
    assertThat(document.getContentType()).startsWith("application/pdf");
    assertThat(document.getDisposition()).isEqualTo(Part.ATTACHMENT);
    assertThat(document.getFileName())
        .isEqualTo("Attachment A - Change of Coursera Administrator.pdf");
    byte[] pdf = document.getInputStream().readAllBytes();
    assertThat(pdf).isEqualTo(driver.changes.attachmentA(traced.id));
    assertThat(traced.mails("ATTACHMENT_A").get(0).cc())
        .isEqualTo(team.email("staff") + ", " + team.email("supervisor"));

    try (PDDocument read = Loader.loadPDF(pdf)) {
      var catalog = read.getDocumentCatalog();
      assertThat(read.getNumberOfPages()).isEqualTo(1);
      assertThat(catalog.getMarkInfo().isMarked()).isTrue();
      assertThat(catalog.getStructureTreeRoot()).isNotNull();
      assertThat(catalog.getLanguage()).isEqualTo("en-US");
      assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
      assertThat(read.getDocumentInformation().getTitle())
          .isEqualTo("Attachment A: Change of Coursera Administrator, Orange");
      assertThat(new String(catalog.getMetadata().toByteArray())).contains("<pdfuaid:part>1<");
      assertThat(tags(catalog.getStructureTreeRoot().getCOSObject().getDictionaryObject(COSName.K)))
          .contains("H1", "H2", "Table", "TR", "TH", "TD", "P");
      var resources = read.getPage(0).getResources();
      for (COSName font : resources.getFontNames()) {
        assertThat(resources.getFont(font).isEmbedded()).isTrue();
      }
      assertThat(new PDFTextStripper().getText(read).replaceAll("\\s+", " "))
          .contains(
              "LWDB Orange",
              "Replace an administrator",
              "Carl Leaver",
              team.email("carl"),
              "Last day 02/10/2021",
              "Access to be revoked",
              "Dana Comer",
              "Career advisor",
              "Start date 02/11/2021",
              "Existing Coursera account No",
              "Cora Stayer",
              "Requested by staff Tester, Local staff",
              "Approved by supervisor Tester, Supervisors",
              "02/01/2021 at 11:00 PM EST",
              HELP);
    }
  }

  private static List<String> tags(COSBase node) {
    List<String> found = new ArrayList<>();
    if (node instanceof COSArray array) {
      for (int i = 0; i < array.size(); i++) {
        found.addAll(tags(array.getObject(i)));
      }
    } else if (node instanceof COSDictionary element) {
      if (element.getNameAsString(COSName.S) != null) {
        found.add(element.getNameAsString(COSName.S));
      }
      found.addAll(tags(element.getDictionaryObject(COSName.K)));
    }
    return found;
  }

  private static String subject(MimeMessage mail) {
    try {
      return String.valueOf(mail.getSubject());
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aMailOfWhichNobodyKnowsStandsInCockpitAndInTheStory() {
    TracedChange traced = team.approved("2021-03-01", "2021-03-02");
    driver
        .jdbc
        .sql(
            """
            update message set state = 'CLAIMED', claimed_by = 'a killed node',
                   claimed_until = timestamptz '2021-01-01', sending_at = timestamptz '2021-01-01'
             where administrator_change_id = ? and template = 'ATTACHMENT_A'
            """)
        .param(traced.id)
        .update();
    driver.sender.sendDue();
    assertThat(traced.story()).contains("Attachment A could not be sent");
    assertThat(
            driver
                .engine
                .getRuntimeService()
                .createIncidentQuery()
                .processInstanceId(traced.task("ConfirmChange").getProcessInstanceId())
                .list())
        .singleElement()
        .satisfies(
            incident ->
                assertThat(incident.getIncidentMessage()).contains("unknown whether the mail"));
  }

  // Boards of fewer than two

  @Test
  void aBoardOfOneIsWrittenToOnceAWeekUntilItIsMended() {
    driver.shortBoards.warn();
    assertThat(warned()).isZero();
    TracedChange removal = team.request("staff", team.remove("carl", "2021-02-01"));
    removal.decide("supervisor", "APPROVE", null);
    driver.shortBoards.warn();
    driver.shortBoards.warn();
    assertThat(warned()).as("supervisor and administrator, once").isEqualTo(2);
    driver.clock.advance(Duration.ofDays(6)); // Sunday
    driver.shortBoards.warn();
    assertThat(warned()).isEqualTo(2);
    driver.clock.advance(Duration.ofDays(1)); // Monday
    driver.shortBoards.warn();
    assertThat(warned()).isEqualTo(4);
    removal.sendMails();
    assertThat(
            driver
                .jdbc
                .sql("select distinct state from message where template = 'TOO_FEW_ADMINISTRATORS'")
                .query(String.class)
                .list())
        .containsExactly("ACCEPTED");
    team.request("staff", team.add("2021-02-08")).decide("supervisor", "APPROVE", null);
    driver.clock.advance(Duration.ofDays(7));
    driver.shortBoards.warn();
    assertThat(warned()).isEqualTo(4);
  }

  private long warned() {
    return driver
        .jdbc
        .sql(
            """
            select count(*) from message where template = 'TOO_FEW_ADMINISTRATORS'
               and to_address in (?, ?)
            """)
        .params(team.email("supervisor"), team.email("cora"))
        .query(Long.class)
        .single();
  }

  private static void refuses(
      ThrowingCallable action, Class<? extends Exception> how, String sentence) {
    assertThatThrownBy(action).isInstanceOf(how).hasMessageContaining(sentence);
  }
}
