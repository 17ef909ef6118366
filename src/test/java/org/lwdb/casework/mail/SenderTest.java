package org.lwdb.casework.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.lwdb.casework.localarea.Boards;
import org.lwdb.casework.mail.Messages.Standing;
import org.lwdb.casework.participant.Timeline;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Mails go out once, at the right time, and nothing that goes wrong is lost or hidden. */
@CaseworkTest
class SenderTest {

  @Autowired Letters letters;
  @Autowired Messages messages;
  @Autowired StaffMail staffMail;
  @Autowired Sender sender;
  @Autowired Timeline timeline;
  @Autowired GreenMail greenMail;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;
  @Autowired ConfigurableApplicationContext application;

  final List<Object> events = new ArrayList<>();
  final ApplicationListener<PayloadApplicationEvent<?>> listener =
      event -> events.add(event.getPayload());
  People people;

  @BeforeEach
  void start() {
    clock.reset();
    people = new People(jdbc);
    people.nobodyElseHasMail();
    application.addApplicationListener(listener);
  }

  @AfterEach
  void stop() {
    application.removeApplicationListener(listener);
  }

  // --- once

  @Test
  void aMailGoesOutOnceAndIsKeptAsItWasSent() throws Exception {
    long ada = queued("OUTREACH");

    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(sender.sendDue()).isZero();

    MessageView mail = only(ada);
    assertThat(mail.state()).isEqualTo("ACCEPTED");
    MimeMessage arrived = received(ada).get(0);
    assertThat(received(ada)).hasSize(1);
    assertThat(arrived.getMessageID()).isEqualTo("<" + mail.id() + "@example.org>");
    assertThat(arrived.getFrom()[0]).hasToString("casework@example.org");
    assertThat(column(mail.id(), "html")).contains("<h1>Learn new skills online, for free</h1>");
    assertThat(column(mail.id(), "plain_text")).contains("Learn new skills online, for free");
    assertThat(timeline.of(ada))
        .extracting(Timeline.Entry::what, Timeline.Entry::detail)
        .containsExactly(tuple("Mail sent", "Free online courses for you on Coursera"));
  }

  @Test
  void aNodeKilledWhileItSendsLeavesThatToAPerson() {
    long ada = queued("OUTREACH");
    Sender killed =
        sender(
            new JavaMailSenderImpl() {
              @Override
              public void send(MimeMessage mail) {
                smtp(greenMail.getSmtp().getPort()).send(mail);
                throw new Error("killed");
              }
            });
    assertThatThrownBy(killed::sendDue).hasMessage("killed");

    assertThat(sender.sendDue()).isZero();
    assertThat(only(ada).state()).isEqualTo("CLAIMED");
    clock.advance(Sender.LEASE.plusSeconds(1));
    assertThat(sender.sendDue()).isZero();
    clock.advance(Period.ofDays(3));
    assertThat(sender.sendDue()).isZero();

    MessageView mail = only(ada);
    assertThat(mail.state()).isEqualTo("FAILED");
    assertThat(mail.detail()).contains("unknown whether it went out");
    assertThat(received(ada)).hasSize(1);
    assertThat(events).containsExactly(new DeliveryUnknown(mail.id(), ada));
    letters.withdrawAll(ada); // it may have gone out: that is not undone
    assertThat(only(ada).state()).isEqualTo("FAILED");
  }

  @Test
  void aPersonDecidesAboutWhatMayHaveGoneOut() {
    long ada = queued("OUTREACH");
    UUID id = only(ada).id();
    assertThatThrownBy(() -> messages.resolveUnknown(id, true)).isInstanceOf(NotFound.class);
    hangUpAfter(".");
    events.clear();

    messages.resolveUnknown(id, false);
    clock.advance(Period.ofDays(1));
    assertThat(sender.sendDue()).isZero();
    assertThat(only(ada).detail())
        .isEqualTo("It is unknown whether it went out. system decided not to send it again.");
    assertThat(events).containsExactly(new SendingRecovered(id, ada));

    messages.resolveUnknown(id, true);
    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(only(ada).state()).isEqualTo("ACCEPTED");
  }

  @Test
  void aNodeKilledBeforeItSpokeToTheServerLosesNothing() {
    long ada = queued("OUTREACH");
    application.getBean(Outbox.class).claim("killed", clock.instant().plus(Sender.LEASE), 100);

    assertThat(sender.sendDue()).isZero();
    clock.advance(Sender.LEASE.plusSeconds(1));
    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(received(ada)).hasSize(1);
    assertThat(events).isEmpty();
  }

  @Test
  void aNodeThatHangsForLongerThanItsLeaseStillSettlesWhatItSent() {
    long ada = queued("OUTREACH");
    Sender slow =
        sender(
            new JavaMailSenderImpl() {
              @Override
              public void send(MimeMessage mail) {
                clock.advance(Sender.LEASE.plusSeconds(1));
                sender.sendDue(); // the other node gives it up
                smtp(greenMail.getSmtp().getPort()).send(mail);
              }
            });
    slow.sendDue();

    assertThat(only(ada).state()).isEqualTo("ACCEPTED");
    assertThat(events)
        .containsExactly(
            new DeliveryUnknown(only(ada).id(), ada), new SendingRecovered(only(ada).id(), ada));
  }

  @Test
  void twoNodesSendEachMailOnce() throws Exception {
    List<Long> all = IntStream.range(0, 60).mapToObj(i -> queued("OUTREACH")).toList();
    Sender other = sender(smtp(greenMail.getSmtp().getPort()));
    var threads = Executors.newFixedThreadPool(2);
    try {
      Callable<Integer> one = () -> sender.sendDue() + sender.sendDue();
      Callable<Integer> two = () -> other.sendDue() + other.sendDue();
      int sent = 0;
      for (var future : threads.invokeAll(List.of(one, two))) {
        sent += future.get();
      }
      assertThat(sent).isEqualTo(60);
    } finally {
      threads.shutdown();
    }
    assertThat(all).allSatisfy(person -> assertThat(received(person)).hasSize(1));
  }

  /** Each of two nodes has claimed one reminder to a person: the second must see the first's. */
  @Test
  void twoNodesSendNoTwoRemindersToOnePerson() throws Exception {
    long ada = queued("OUTREACH_FOLLOW_UP");
    letters.send(ada, "REMIND_TO_ENROLL");
    Outbox outbox = application.getBean(Outbox.class);
    Instant until = clock.instant().plus(Sender.LEASE);
    UUID one = outbox.claim("first node", until, 1).get(0);
    UUID two = outbox.claim("second node", until, 1).get(0);
    long person = outbox.lock(one).personId();
    var transaction =
        new TransactionTemplate(application.getBean(PlatformTransactionManager.class));
    var secondNode = Executors.newSingleThreadExecutor();
    try {
      Future<Instant> seen =
          transaction.execute(
              first -> {
                outbox.lock(one);
                Future<Instant> waiting =
                    secondNode.submit(
                        () ->
                            transaction.execute(
                                second -> {
                                  outbox.lock(two);
                                  return outbox.lastReminderSent(person);
                                }));
                Awaitility.await().until(this::somebodyWaitsForALock);
                outbox.sending(one, people.email(ada), new Composer.Body("", "", null), until);
                return waiting;
              });
      assertThat(seen.get()).isEqualTo(clock.instant());
    } finally {
      secondNode.shutdown();
    }
  }

  private boolean somebodyWaitsForALock() {
    return jdbc.sql("select count(*) from pg_locks where not granted").query(Integer.class).single()
        > 0;
  }

  // --- when

  @Test
  void nothingGoesToALearnerAtNightOrOnASunday() {
    clock.set(newYork("2021-02-06T20:00")); // Saturday evening
    long ada = queued("INVITATION");

    for (String quiet : List.of("2021-02-06T20:00", "2021-02-07T12:00", "2021-02-08T07:59")) {
      clock.set(newYork(quiet));
      assertThat(sender.sendDue()).as(quiet).isZero();
    }
    clock.set(newYork("2021-02-08T08:00"));
    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(received(ada)).hasSize(1);
  }

  @Test
  void whatCouldNotBeSentBeforeTheNightWaitsForTheMorning() throws IOException {
    clock.set(newYork("2021-02-01T19:59"));
    long ada = queued("INVITATION");
    sender(smtp(closedPort())).sendDue();
    clock.set(newYork("2021-02-01T20:30"));

    assertThat(sender.sendDue()).isZero();
    assertThat(only(ada).state()).isEqualTo("QUEUED");
    clock.set(newYork("2021-02-02T08:00"));
    assertThat(sender.sendDue()).isEqualTo(1);
  }

  @Test
  void aPersonGetsOneReminderAWeekWhateverItsCauseAndBoard() {
    long ada = queued("OUTREACH_FOLLOW_UP");
    letters.send(ada, "REMIND_TO_ENROLL");
    assertThat(sender.sendDue()).isEqualTo(1);

    clock.advance(Period.ofDays(3));
    long moved = people.moved(ada, "suffolk");
    letters.send(moved, "REMIND_TO_ENROLL");
    letters.send(moved, "INVITATION"); // is no reminder
    assertThat(sender.sendDue()).isEqualTo(1);

    clock.set(MovableClock.START.plus(Duration.ofDays(7)).minusSeconds(1));
    assertThat(sender.sendDue()).isZero();
    clock.set(MovableClock.START.plus(Duration.ofDays(7)));
    assertThat(sender.sendDue()).isEqualTo(1);
    clock.set(MovableClock.START.plus(Duration.ofDays(14)));
    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(received(ada)).hasSize(4);
  }

  // --- what has happened meanwhile

  @ParameterizedTest
  @ValueSource(strings = {"REMIND_TO_ENROLL", "INVITATION", "OUTREACH", "OUTREACH_FOLLOW_UP"})
  void whoHasEnrolledIsNotAskedToAnyMore(String template) {
    long ada = queued(template);
    people.enrollment(ada, "Already There");

    assertThat(sender.sendDue()).isZero();
    assertThat(only(ada).state()).isEqualTo("WITHDRAWN");
    assertThat(received(ada)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"completed, true", "removed, true"})
  void aReminderOfACourseIsWithdrawnWhenTheCourseIsDone(String column, boolean value) {
    long ada = people.participant();
    long course = people.enrollment(ada, "Done Meanwhile");
    letters.send(ada, "REMIND_NEARLY_DONE");
    people.setEnrollment(course, column, value);

    assertThat(sender.sendDue()).isZero();
    assertThat(only(ada).state()).isEqualTo("WITHDRAWN");
  }

  @Test
  void whoGoesOnWithTheCourseHasNotStalled() {
    clock.set(newYork("2021-02-06T21:00")); // Saturday evening: it waits until Monday
    long ada = people.participant();
    long course = people.enrollment(ada, "Awake Again");
    letters.send(ada, "REMIND_STALLED");
    people.setEnrollment(course, "updated_at", Timestamp.from(newYork("2021-02-07T12:00")));
    clock.set(newYork("2021-02-08T08:00"));

    assertThat(sender.sendDue()).isZero();
    assertThat(only(ada).detail()).isEqualTo("The learner has gone on with the course.");
  }

  @Test
  void aReminderOfNoCourseIsNotSent() {
    long ada = queued("REMIND_KEEP_GOING");

    assertThat(sender.sendDue()).isZero();
    assertThat(only(ada).state()).isEqualTo("WITHDRAWN");
  }

  @Test
  void stoppingMailsAndClosingACaseWorkAtOnce() {
    long stopped = queued("OUTREACH");
    long closed = queued("OUTREACH");
    people.set(stopped, "mails_stopped_at", Timestamp.from(clock.instant()));
    people.close(closed, "WITHDRAWN");

    assertThat(sender.sendDue()).isZero();
    assertThat(only(stopped).detail()).isEqualTo("Mails to this person were stopped.");
    assertThat(only(closed).detail()).isEqualTo("The case was closed.");
    assertThat(timeline.of(closed))
        .extracting(Timeline.Entry::what, Timeline.Entry::detail)
        .containsExactly(
            tuple(
                "Mail withdrawn", "Free online courses for you on Coursera: The case was closed."));
  }

  @Test
  void afterThePartnershipsEndReminderAndInvitationStayHome() {
    long ada = queued("INVITATION");
    clock.set(newYork("2022-11-25T10:00"));

    assertThat(sender.sendDue()).isZero();
    assertThat(only(ada).detail()).isEqualTo("The partnership has ended.");
  }

  @Test
  void aMailThatWaitsWhileTheCaseMovesSpeaksForTheNewBoard() throws Exception {
    long ada = queued("INVITATION");
    people.moved(ada, "suffolk");

    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(column(only(ada).id(), "plain_text"))
        .contains("Suffolk Workforce Development Board");
  }

  // --- what goes wrong

  @Test
  void aServerThatIsDownIsTriedWithGrowingPausesThenTheOperatorHearsOnceAndItGoesOn()
      throws IOException {
    long ada = queued("CASE_CLOSED");
    UUID id = only(ada).id();
    Sender broken = sender(smtp(closedPort()));

    for (int minutes : List.of(1, 2, 4, 8, 16, 32, 60)) {
      broken.sendDue();
      assertThat(only(ada).state()).isEqualTo("QUEUED");
      clock.advance(Duration.ofMinutes(minutes).minusSeconds(1));
      broken.sendDue(); // too early
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(events).isEmpty();
    broken.sendDue();
    assertThat(only(ada).state()).isEqualTo("FAILED");
    assertThat(only(ada).detail()).isEqualTo("The mail server cannot be reached.");
    clock.advance(Duration.ofHours(1));
    broken.sendDue();
    assertThat(events)
        .containsOnly(new SendingFailed(id, ada, "The mail server cannot be reached."));
    assertThat(only(ada).state()).isEqualTo("FAILED");

    events.clear();
    clock.advance(Duration.ofMinutes(59));
    assertThat(sender.sendDue()).isZero();
    clock.advance(Duration.ofMinutes(1));
    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(only(ada).state()).isEqualTo("ACCEPTED");
    assertThat(events).containsExactly(new SendingRecovered(id, ada));
    assertThat(received(ada)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"GREETING, 421 busy", "GREETING, HANG_UP", "RCPT, HANG_UP"})
  void aServerThatTakesNothingCostsOneMailOneAttempt(String command, String answer)
      throws IOException {
    List<Long> all = IntStream.range(0, 5).mapToObj(i -> queued("OUTREACH")).toList();
    try (ScriptedSmtp server = new ScriptedSmtp().answer(command, answer)) {
      sender(smtp(server.port())).sendDue();
      assertThat(server.connections()).isEqualTo(1);
    }
    assertThat(all).allSatisfy(person -> assertThat(only(person).state()).isEqualTo("QUEUED"));
    assertThat(all.stream().mapToInt(person -> attempts(person)).sum()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(1));
    assertThat(sender.sendDue()).isEqualTo(5);
  }

  @Test
  void aMailThatIsRefusedForNowDoesNotHoldUpTheOthers() throws IOException {
    List<Long> all = IntStream.range(0, 3).mapToObj(i -> queued("OUTREACH")).toList();
    try (ScriptedSmtp server = new ScriptedSmtp().answer("RCPT", "451 4.7.1 try later")) {
      sender(smtp(server.port())).sendDue();
    }
    assertThat(all).allSatisfy(person -> assertThat(attempts(person)).isEqualTo(1));
    assertThat(only(all.get(0)).detail()).contains("451 4.7.1 try later");
  }

  @Test
  void aFailedMailIsTriedAtOnceWhenAPersonOfItsBoardSaysSo() throws Exception {
    long ada = queued("OUTREACH");
    UUID mail = only(ada).id();
    assertThatThrownBy(() -> messages.retry(mail, Set.of("onondaga")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("about to be sent");
    rejectAll("RCPT", "451 4.7.1 try later");
    assertThat(sender.sendDue()).isZero();

    assertThatThrownBy(() -> messages.retry(mail, Set.of("suffolk"))).isInstanceOf(NotFound.class);
    assertThat(sender.sendDue()).isZero();
    messages.retry(mail, Set.of("onondaga"));
    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(received(ada)).hasSize(1);
    assertThatThrownBy(() -> messages.retry(mail, Set.of("onondaga")))
        .hasMessageContaining("it was sent");
  }

  @Test
  void theOutboxShowsAMailToItsBoardAlone() throws Exception {
    long ada = queued("OUTREACH");
    String address = people.email(ada);
    Page.Request first = new Page.Request(0, 10, null);
    assertThat(messages.list(address, Standing.WAITING, Set.of("onondaga"), first).content())
        .hasSize(1);
    assertThat(messages.list(address, null, Set.of("suffolk"), first).content()).isEmpty();
    rejectAll("RCPT", "550 5.1.1 no such user");
    assertThat(messages.list(address, Standing.WAITING, Set.of("onondaga"), first).content())
        .isEmpty();
    assertThat(messages.list(address, Standing.NOT_DELIVERED, Set.of("onondaga"), first).content())
        .singleElement()
        .satisfies(mail -> assertThat(mail.retriable()).isFalse());
  }

  @ParameterizedTest
  @CsvSource({"RCPT, 550 5.1.1 no such user", "RCPT, 553 no", "., 554 5.1.1 no such user"})
  void aRejectedAddressIsAMatterForAPersonAndGetsNothingMore(String command, String answer)
      throws Exception {
    long ada = queued("OUTREACH");
    String before = people.email(ada);
    rejectAll(command, answer);

    assertThat(only(ada).state()).isEqualTo("BOUNCED");
    assertThat(events).containsExactly(new AddressRejected(ada, before));
    assertThat(timeline.of(ada).get(0).what())
        .isEqualTo("Mail not delivered: the address was rejected");
    assertThat(letters.with(ada).mayWrite()).isFalse();
    letters.send(ada, "INVITATION");
    assertThat(messages.of(ada)).extracting(MessageView::state).contains("SUPPRESSED");

    String after = UUID.randomUUID() + "@example.org";
    people.set(ada, "email", after);
    letters.sendAgain(ada);
    letters.sendAgain(ada);
    assertThat(sender.sendDue()).isEqualTo(2);
    assertThat(received(before)).isEmpty();
    assertThat(received(after)).hasSize(2);
    assertThat(letters.with(ada).sent(Template.OUTREACH)).isEqualTo(1);
    assertThat(messages.of(ada))
        .extracting(MessageView::template, MessageView::to, MessageView::state)
        .containsExactlyInAnyOrder(
            tuple("OUTREACH", before, "BOUNCED"),
            tuple("INVITATION", before, "SUPPRESSED"),
            tuple("OUTREACH", after, "ACCEPTED"),
            tuple("INVITATION", after, "ACCEPTED"));
  }

  @Test
  void afterAMoveItIsTheNewBoardThatCorrectsTheAddress() throws Exception {
    long ada = queued("INVITATION");
    long moved = people.moved(ada, "suffolk");
    rejectAll("RCPT", "550 no such user");

    assertThat(events).containsExactly(new AddressRejected(moved, people.email(moved)));
  }

  @Test
  void whatBouncedAndHasLostItsMeaningIsNotSentToTheCorrectedAddress() throws Exception {
    long ada = queued("REMIND_TO_ENROLL");
    rejectAll("RCPT", "550 no such user");
    people.enrollment(ada, "Found It");
    people.set(ada, "email", UUID.randomUUID() + "@example.org");

    letters.sendAgain(ada);

    assertThat(messages.of(ada)).hasSize(1);
  }

  @Test
  void aServerThatRefusesToRelaySaysNothingAboutTheAddress() throws Exception {
    long ada = queued("OUTREACH");
    rejectAll("RCPT", "554 5.7.1 relay access denied");

    assertThat(only(ada).state()).isEqualTo("QUEUED");
    assertThat(letters.with(ada).mayWrite()).isTrue();
    assertThat(events).isEmpty();
  }

  @Test
  void aServerThatTakesAMailAndFallsSilentLeavesItToAPerson() {
    long ada = queued("OUTREACH");
    hangUpAfter(".");

    MessageView mail = only(ada);
    assertThat(mail.state()).isEqualTo("FAILED");
    assertThat(events).containsExactly(new DeliveryUnknown(mail.id(), ada));
    clock.advance(Period.ofDays(30));
    assertThat(sender.sendDue()).isZero();
  }

  @Test
  void aServerThatDoesNotSayGoodByeHasStillTakenTheMail() {
    long ada = queued("OUTREACH");
    hangUpAfter("QUIT");

    assertThat(only(ada).state()).isEqualTo("ACCEPTED");
  }

  @Test
  void aRejectedAddressOfStaffIsAnOperatorsMatter() throws Exception {
    String address = UUID.randomUUID() + "@example.org";
    Map<String, Object> data = Map.of("caseNumber", "C1", "activity", "Service end", "dueOn", "x");
    staffMail.send("onondaga", Template.OSOS_OVERDUE, List.of(address), data);
    rejectAll("RCPT", "550 no such user");
    staffMail.send("onondaga", Template.OSOS_OVERDUE, List.of(address), data);

    assertThat(sender.sendDue()).isEqualTo(1);
    assertThat(events)
        .filteredOn(SendingFailed.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            SendingFailed.class, event -> assertThat(event.participantId()).isNull());
  }

  // --- what nobody may smuggle in

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s\r\nBcc: eve@example.org",
        "%s, eve@example.org",
        "Eve <eve@example.org>, %s",
        "%s eve@example.org",
        "undisclosed:eve@example.org,%s;",
        "no address"
      })
  void whatIsNotOneBareAddressGetsNoMail(String address) {
    long ada = queued("OUTREACH");
    people.set(ada, "email", address.formatted(people.email(ada)));
    int before = greenMail.getReceivedMessages().length;

    assertThat(sender.sendDue()).isZero();
    assertThat(only(ada).state()).isEqualTo("BOUNCED");
    assertThat(greenMail.getReceivedMessages()).hasSize(before);
  }

  @Test
  void aLineBreakInTheNameOfACourseMakesNoHeader() throws Exception {
    long ada = people.participant();
    letters.congratulate(ada, people.enrollment(ada, "Course\r\nBcc: eve@example.org"));
    sender.sendDue();

    MimeMessage mail = received(ada).get(0);
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getSubject())
        .isEqualTo("Congratulations! You completed Course Bcc: eve@example.org");
  }

  // --- settings and health

  @Test
  void theTimeoutsOfOneMailTogetherAreShorterThanTheLease(@Autowired Environment environment) {
    String smtp = "spring.mail.properties.mail.smtp.";
    long connect = environment.getRequiredProperty(smtp + "connectiontimeout", Long.class);
    long read = environment.getRequiredProperty(smtp + "timeout", Long.class);
    long write = environment.getRequiredProperty(smtp + "writetimeout", Long.class);
    int commands = 8; // greeting, EHLO, STARTTLS, EHLO, AUTH, MAIL, RCPT, DATA ...
    assertThat(connect + commands * read + write).isPositive().isLessThan(Sender.LEASE.toMillis());
  }

  @Test
  void aMissingSmtpServerIsShownAndMakesNothingElseUnhealthy() throws IOException {
    assertThat(new SmtpHealthIndicator(smtp(greenMail.getSmtp().getPort())).health().getStatus())
        .hasToString("UP");
    assertThat(new SmtpHealthIndicator(smtp(closedPort())).health().getStatus())
        .isEqualTo(SmtpHealthIndicator.UNREACHABLE);
  }

  // --- words

  private long queued(String template) {
    long person = people.participant();
    letters.send(person, template);
    return person;
  }

  private MessageView only(long participant) {
    List<MessageView> all = messages.of(participant);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private int attempts(long participant) {
    return Integer.parseInt(column(only(participant).id(), "attempts::text"));
  }

  private String column(UUID message, String column) {
    return jdbc.sql("select " + column + " from message where id = ?")
        .param(message)
        .query(String.class)
        .single();
  }

  private List<MimeMessage> received(long participant) {
    return received(people.email(participant));
  }

  private List<MimeMessage> received(String address) {
    return Arrays.stream(greenMail.getReceivedMessages())
        .filter(
            mail -> {
              try {
                return mail.getAllRecipients()[0].toString().equals(address);
              } catch (jakarta.mail.MessagingException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  private void rejectAll(String command, String answer) throws IOException {
    try (ScriptedSmtp server = new ScriptedSmtp().answer(command, answer)) {
      sender(smtp(server.port())).sendDue();
    }
  }

  private void hangUpAfter(String command) {
    try {
      rejectAll(command, ScriptedSmtp.HANG_UP);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instant newYork(String localTime) {
    return java.time.LocalDateTime.parse(localTime).atZone(NewYork.ZONE).toInstant();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static JavaMailSenderImpl smtp(int port) {
    JavaMailSenderImpl smtp = new JavaMailSenderImpl();
    smtp.setHost("127.0.0.1");
    smtp.setPort(port);
    smtp.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");
    return smtp;
  }

  /** A node that sends through another server. */
  private Sender sender(JavaMailSenderImpl smtp) {
    return new Sender(
        application.getBean(Outbox.class),
        application.getBean(Addressees.class),
        application.getBean(Composer.class),
        application.getBean(Pace.class),
        application.getBean(Boards.class),
        smtp,
        application.getBean(PlatformTransactionManager.class),
        application,
        jdbc,
        application.getBean(CaseworkSettings.class),
        application.getBean(Clock.class));
  }
}
