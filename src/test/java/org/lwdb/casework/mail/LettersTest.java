package org.lwdb.casework.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.participant.Timeline;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the letters say, and which are queued; sent over a real SMTP server and read there. */
@CaseworkTest
class LettersTest {

  private static final String TAGLINE =
      "Equal opportunity employer/program. Auxiliary aids and services are available upon request"
          + " to individuals with disabilities. TTY/relay: 711.";

  @Autowired Letters letters;
  @Autowired StaffMail staffMail;
  @Autowired Messages messages;
  @Autowired Sender sender;
  @Autowired LearnerLinks links;
  @Autowired Timeline timeline;
  @Autowired GreenMail greenMail;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;
  People people;

  @BeforeEach
  void start() {
    clock.reset();
    people = new People(jdbc);
    jdbc.sql("update administrator set ended_at = now() where ended_at is null").update();
    people.nobodyElseHasMail();
  }

  /** Whom we know everything of, and whose board has an administrator. */
  private long fullParticipant() {
    long ada = people.participant();
    people.set(ada, "first_name", "Ada <i>& Co");
    people.set(ada, "county", "Onondaga");
    people.set(ada, "date_of_birth", LocalDate.of(1990, 2, 3));
    people.set(ada, "eligibility_result", "PENDING");
    people.administrator("onondaga", "Grace Guide", "grace@example.org", "315-555-0100");
    return ada;
  }

  private void queue(long participant, Template template) {
    if (template.ofCourse()) {
      long enrollment = people.enrollment(participant, "Data & <Analysis> \"for\" everyone");
      people.setEnrollment(enrollment, "certificate_url", "https://coursera.example.org/verify/AB");
      if (template == Template.CONGRATULATION) {
        letters.congratulate(participant, enrollment);
        return;
      }
    }
    letters.send(participant, template.name());
  }

  static Stream<Template> letters() {
    return Stream.of(Template.values()).filter(template -> !template.staff());
  }

  @ParameterizedTest
  @MethodSource("letters")
  void eachLetterIsCompleteForWhomWeKnowWell(Template template) throws Exception {
    long ada = fullParticipant();
    queue(ada, template);

    Mail mail = sentTo(ada);

    assertThat(mail.html())
        .startsWith("<!DOCTYPE html>")
        .contains("<html lang=\"en\" dir=\"ltr\">", "<h1>", "<title>" + escaped(mail.subject()))
        .contains("Hello Ada &lt;i&gt;&amp; Co,", "Onondaga Workforce Development Board")
        .contains("Grace Guide", "315-555-0100", "mailto:grace@example.org", TAGLINE)
        .doesNotContain("null", "??", " th:", "[(", "<img");
    assertThat(mail.text())
        .contains("Hello Ada <i>& Co,", "Onondaga Workforce Development Board")
        .contains("Grace Guide", "Phone: 315-555-0100", "E-mail: grace@example.org", TAGLINE)
        .doesNotContain("null", "??", " th:", "[(", "[#", "&amp;", "\n\n\n");
    assertThat(mail.replyTo()).isEqualTo("grace@example.org");
    if (template.ofCourse()) {
      assertThat(mail.text()).contains("Data & <Analysis> \"for\" everyone");
      assertThat(mail.html()).contains("Data &amp; &lt;Analysis&gt; &quot;for&quot; everyone");
    }
    assertThat(links.verify(stopToken(mail)).participantId()).isEqualTo(ada);
    assertThat(links.verify(stopToken(mail)).action()).isEqualTo(LearnerLinks.Action.STOP_MAILS);
    assertThat(mail.html()).contains("/r/" + stopToken(mail) + "\">Stop these mails</a>");
    assertThat(mail.text()).contains("Stop these mails: http://localhost:8080/r/");
    assertThat(mail.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
  }

  @ParameterizedTest
  @MethodSource("letters")
  void eachLetterIsCompleteForWhomWeHardlyKnow(Template template) throws Exception {
    long ada = people.participant();
    if (template.ofCourse()) {
      long enrollment = people.enrollment(ada, "First Steps");
      people.setEnrollment(enrollment, "last_activity_at", null);
      jdbc.sql(
              "update course set slug = null where id = (select course_id from enrollment where id = ?)")
          .param(enrollment)
          .update();
      if (template == Template.CONGRATULATION) {
        letters.congratulate(ada, enrollment);
      }
    }
    if (template != Template.CONGRATULATION) {
      letters.send(ada, template.name());
    }

    Mail mail = sentTo(ada);

    assertThat(mail.html() + mail.text()).doesNotContain("null", "??", "{0}", " th:", "Phone");
    assertThat(mail.html()).contains("mailto:Coursera.Help@labor.ny.gov");
    assertThat(mail.text()).contains("E-mail: Coursera.Help@labor.ny.gov", TAGLINE);
    assertThat(mail.replyTo()).isEqualTo("Coursera.Help@labor.ny.gov");
  }

  @Test
  void outreachOffersTheThreeAnswersAndSaysWhatIsMissingInPlainWords() throws Exception {
    long ada = fullParticipant();
    people.set(ada, "employment_status", "UNEMPLOYED");
    queue(ada, Template.OUTREACH);

    Mail mail = sentTo(ada);

    assertThat(mail.links())
        .extracting(token -> links.verify(token).action())
        .containsExactly(
            LearnerLinks.Action.INTERESTED,
            LearnerLinks.Action.NOT_INTERESTED,
            LearnerLinks.Action.CALL_ME,
            LearnerLinks.Action.STOP_MAILS);
    assertThat(mail.text())
        .contains("What we still need to know", "- Why your last job ended, and when")
        .contains("- How many weeks you have been out of work")
        .contains("You get an invitation from Coursera by e-mail, at " + people.email(ada))
        .doesNotContain("- Your date of birth", "- Why your business closed", "COVID_REASON");
  }

  @Test
  void whoIsNotPendingIsAskedNothing() throws Exception {
    long ada = people.participant();
    people.set(ada, "eligibility_result", "ELIGIBLE");
    letters.send(ada, "OUTREACH");

    assertThat(sentTo(ada).text()).doesNotContain("What we still need to know");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Suffolk  | Suffolk Workforce Development Board",
        "Nassau   | Oyster Bay-North Hempstead-Glen Cove Workforce Development Board",
        "Bergen   | www.careeronestop.org"
      })
  void whoLivesElsewhereIsToldTheRightBoard(String county, String says) throws Exception {
    long ada = people.participant();
    people.set(ada, "county", county);
    people.set(ada, "eligibility_result", "NOT_ELIGIBLE");
    people.set(ada, "eligibility_bases", new String[] {"OTHER_AREA"});
    letters.send(ada, "OTHER_SERVICES");

    assertThat(sentTo(ada).text()).contains(says).doesNotContain("takes no new people");
  }

  @Test
  void afterThePartnershipOtherServicesSaysThatNobodyNewIsTaken() throws Exception {
    long ada = people.participant();
    people.set(ada, "eligibility_result", "CLOSED");
    letters.send(ada, "OTHER_SERVICES");

    assertThat(sentTo(ada).text()).contains("takes no new people", "Help with finding a job");
  }

  @Test
  void theInvitationNamesTheVeryAddress() throws Exception {
    long ada = people.participant();
    letters.send(ada, "INVITATION");

    assertThat(sentTo(ada).text())
        .contains("Sign up with exactly this e-mail address: " + people.email(ada))
        .contains("spam");
  }

  @Test
  void aReminderSpeaksOfTheCourseWithTheLatestActivity() throws Exception {
    long ada = people.participant();
    long old = people.enrollment(ada, "Old Course");
    people.setEnrollment(
        old, "last_activity_at", Timestamp.from(MovableClock.START.minusSeconds(900_000)));
    people.enrollment(ada, "Current Course");
    long done = people.enrollment(ada, "Done Course");
    people.setEnrollment(done, "completed", true);
    people.setEnrollment(done, "last_activity_at", Timestamp.from(MovableClock.START));
    letters.send(ada, "REMIND_STALLED");

    Mail mail = sentTo(ada);

    assertThat(mail.subject()).isEqualTo("Your course is waiting for you: Current Course");
    assertThat(mail.text())
        .contains("You have done 42% of this course.", "You last worked on it on January 31, 2021.")
        .contains("https://www.coursera.org/learn/invented-course", "Make a small plan")
        .doesNotContain("Done Course", "Old Course");
  }

  @Test
  void congratulationsHaveTheCertificateButNoOtherKindOfLink() throws Exception {
    long ada = people.participant();
    long course = people.enrollment(ada, "Safe Links");
    people.setEnrollment(course, "certificate_url", "javascript:alert(1)");
    letters.congratulate(ada, course);
    long bob = people.participant();
    long other = people.enrollment(bob, "Safe Links");
    people.setEnrollment(other, "certificate_url", "https://coursera.example.org/verify/AB");
    letters.congratulate(bob, other);

    assertThat(sentTo(ada).html()).doesNotContain("javascript:", "See your certificate");
    assertThat(sentTo(bob).html()).contains("href=\"https://coursera.example.org/verify/AB\"");
  }

  @Test
  void aClosedCaseIsToldWhyAndAMovedOneWhereItWent() throws Exception {
    long declined = people.participant();
    people.close(declined, "DECLINED");
    letters.send(declined, "CASE_CLOSED");
    long moved = people.participant();
    people.moved(moved, "suffolk");
    letters.send(moved, "CASE_CLOSED");

    assertThat(sentTo(declined).text()).contains("You told us that you do not want to take part");
    assertThat(sentTo(moved).text())
        .contains("the Suffolk Workforce Development Board looks after your Coursera program");
  }

  @Test
  void theMailToStaffSaysWhereQuestionsGo() throws Exception {
    String supervisor = UUID.randomUUID() + "@example.org";
    clock.set(LocalDate.of(2021, 2, 7).atTime(23, 0).toInstant(java.time.ZoneOffset.UTC)); // Sunday
    staffMail.send(
        "onondaga",
        Template.OSOS_OVERDUE,
        List.of(supervisor),
        Map.of(
            "caseNumber",
            "C100007",
            "activity",
            "Referred to Coursera Enrollment",
            "dueOn",
            LocalDate.of(2021, 2, 4),
            "backlog",
            true));
    sender.sendDue();

    Mail mail = received(supervisor).get(0);

    assertThat(mail.subject()).isEqualTo("OSOS entry overdue: case C100007");
    assertThat(mail.text())
        .contains("Case: C100007", "Entry: Referred to Coursera Enrollment", "Due on: 02/04/2021")
        .contains("backlog", "Questions: Coursera.Help@labor.ny.gov", "/camunda/app/tasklist")
        .doesNotContain("null", "Stop these mails", "[#");
    assertThat(mail.html()).contains("Questions: Coursera.Help@labor.ny.gov").doesNotContain("??");
    assertThat(mail.header("List-Unsubscribe")).isNull();
  }

  @Test
  void aMailToStaffOfABoardWithNobodyToWriteToGoesToTheHelpAddress() {
    Map<String, Object> data = Map.of("caseNumber", "C1", "activity", "Service end", "dueOn", "x");
    staffMail.send("yonkers", Template.OSOS_OVERDUE, List.of(), data);

    assertThat(
            jdbc.sql("select to_address from message where board_id = 'yonkers'")
                .query(String.class)
                .list())
        .containsExactly("Coursera.Help@labor.ny.gov");
    assertThatThrownBy(() -> staffMail.send("yonkers", Template.OSOS_OVERDUE, List.of(), Map.of()))
        .hasMessageContaining("OSOS_OVERDUE needs");
  }

  @Test
  void outreachGoesOutOncePerPersonAndACongratulationOncePerCourseOverMoves() {
    long before = people.participant();
    letters.send(before, "OUTREACH");
    long course = people.enrollment(before, "Once");
    letters.congratulate(before, course);
    long after = people.moved(before, "suffolk");
    letters.send(after, "OUTREACH");
    letters.congratulate(after, course);
    letters.congratulate(after, people.enrollment(after, "Another"));
    letters.send(after, "CASE_CLOSED");
    letters.send(after, "CASE_CLOSED");

    assertThat(messages.of(after))
        .extracting(MessageView::template)
        .containsExactlyInAnyOrder("OUTREACH", "CONGRATULATION", "CONGRATULATION", "CASE_CLOSED");
    assertThat(letters.with(after).sent(Template.OUTREACH)).isEqualTo(1);
    assertThat(messages.of(before)).hasSize(2);
  }

  @Test
  void somebodyElsesCourseIsNotFound() {
    long course = people.enrollment(people.participant(), "Not yours");
    long ada = people.participant();

    assertThatThrownBy(() -> letters.congratulate(ada, course)).isInstanceOf(NotFound.class);
  }

  @Test
  void toWhomMailsWereStoppedNothingIsSentAndTheTimelineSaysSo() {
    long ada = people.participant();
    people.set(ada, "mails_stopped_at", Timestamp.from(clock.instant()));
    assertThat(letters.with(ada).mayWrite()).isFalse();
    letters.send(ada, "OUTREACH");
    people.close(ada, "WITHDRAWN");
    letters.send(ada, "CASE_CLOSED");
    sender.sendDue();

    assertThat(messages.of(ada))
        .extracting(MessageView::state, MessageView::detail)
        .containsOnly(tuple("SUPPRESSED", "Mails to this person were stopped."));
    assertThat(received(people.email(ada))).isEmpty();
    assertThat(timeline.of(ada))
        .extracting(Timeline.Entry::what, Timeline.Entry::detail)
        .contains(
            tuple(
                "Mail not sent",
                "Free online courses for you on Coursera: Mails to this person were stopped."));
  }

  @Test
  void aClosedCaseGetsItsLastLetterAndNoReminder() throws Exception {
    long ada = people.participant();
    people.close(ada, "NOT_REACHED");
    letters.send(ada, "OUTREACH_FOLLOW_UP");
    letters.send(ada, "CASE_CLOSED");
    sender.sendDue();

    assertThat(messages.of(ada))
        .extracting(MessageView::template, MessageView::state)
        .containsExactlyInAnyOrder(
            tuple("OUTREACH_FOLLOW_UP", "SUPPRESSED"), tuple("CASE_CLOSED", "ACCEPTED"));
  }

  @Test
  void eventsWithdrawWhatWaitsButNotTheLastWord() {
    long ada = people.participant();
    letters.send(ada, "OUTREACH");
    letters.send(ada, "OTHER_SERVICES");
    letters.withdraw(ada);

    assertThat(messages.of(ada))
        .extracting(MessageView::template, MessageView::state)
        .containsExactlyInAnyOrder(
            tuple("OUTREACH", "WITHDRAWN"), tuple("OTHER_SERVICES", "QUEUED"));
    assertThat(letters.with(ada).sent(Template.OUTREACH)).isZero();

    letters.send(ada, "OUTREACH"); // withdrawn is as if it had not been written
    letters.withdrawAll(ada);
    assertThat(messages.of(ada)).extracting(MessageView::state).containsOnly("WITHDRAWN");
    assertThat(letters.with(ada).lastSent()).isNull();
  }

  @Test
  void whenTheLastLetterAndTheLastReminderWere() {
    long ada = people.participant();
    assertThat(letters.with(ada).lastSent()).isNull();
    assertThat(letters.with(ada).lastReminder()).isNull();
    letters.send(ada, "OUTREACH");
    Instant night =
        LocalDate.of(2021, 2, 1).atTime(22, 0).atZone(org.lwdb.casework.NewYork.ZONE).toInstant();
    clock.set(night);
    letters.send(ada, "OUTREACH_FOLLOW_UP");

    assertThat(letters.with(ada).lastSent()).isEqualTo(night);
    assertThat(letters.with(ada).lastReminder()).isEqualTo(night.plusSeconds(10 * 3600));
  }

  // --- what arrived

  private Mail sentTo(long participant) {
    sender.sendDue();
    List<Mail> mails = received(people.email(participant));
    assertThat(mails).as("mails to " + participant).hasSize(1);
    return mails.get(0);
  }

  private List<Mail> received(String address) {
    return Arrays.stream(greenMail.getReceivedMessages())
        .map(Mail::new)
        .filter(mail -> mail.to().equals(address))
        .toList();
  }

  private static String stopToken(Mail mail) {
    String link = mail.header("List-Unsubscribe");
    assertThat(link).matches("<http://localhost:8080/r/[^>\\s]+>");
    return link.substring(link.lastIndexOf('/') + 1, link.length() - 1);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A mail as it arrived. */
  record Mail(MimeMessage message) {

    String to() {
      try {
        return message.getRecipients(Message.RecipientType.TO)[0].toString();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    String subject() throws Exception {
      return message.getSubject();
    }

    String replyTo() throws Exception {
      return message.getReplyTo()[0].toString();
    }

    String text() throws Exception {
      return part(0);
    }

    String html() throws Exception {
      return part(1);
    }

    private String part(int index) throws Exception {
      return ((Multipart) message.getContent())
          .getBodyPart(index)
          .getContent()
          .toString()
          .replace("\r\n", "\n");
    }

    List<String> links() throws Exception {
      return java.util.regex.Pattern.compile("/r/([A-Za-z0-9_.-]+)")
          .matcher(text())
          .results()
          .map(match -> match.group(1))
          .toList();
    }

    String header(String name) {
      try {
        return message.getHeader(name, null);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
