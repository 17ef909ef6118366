package org.lwdb.casework;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.lwdb.casework.learning.CourseraReports;
import org.lwdb.casework.localarea.Administrators;
import org.lwdb.casework.mail.Sender;
import org.lwdb.casework.participant.Intake;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.participant.ServiceReceived;
import org.lwdb.casework.process.InboxDelivery;
import org.lwdb.casework.process.Journey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Some forty invented people of two boards over every stage, made by living through the last
 * hundred days with the real code: people are referred and answer, staff do tasks, timers fire,
 * reports are imported, mails go out. It is one transaction: an application killed meanwhile begins
 * anew.
 */
@TestComponent
class DemoCases implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(DemoCases.class);
  private static final int DAYS = 150;
  private static final String REPORT_HEADER =
      "Name,Email,External Id,Course,Course ID,Course Slug,University,Enrollment Time,Class Start"
          + " Time,Last Course Activity Time,Overall Progress,Estimated Learning Hours,Completed,Removed"
          + " From Program,Program Slug,Program Name,Enrollment Source,Completion Time,Course Grade\n";

  private static final List<String[]> COURSES =
      List.of(
          new String[] {"Foundations of Project Management", "Lakeside University"},
          new String[] {"Data Analysis with Spreadsheets", "Mohawk Technical Institute"},
          new String[] {"Introduction to Cybersecurity", "Hudson School of Engineering"},
          new String[] {"Customer Service Essentials", "Genesee Business School"},
          new String[] {"Bookkeeping Basics", "Finger Lakes College"},
          new String[] {"Programming for Everybody", "Catskill University"});

  /** How the answers of somebody turn out. */
  private enum Answers {
    LAID_OFF,
    NONE_YET,
    UNDEREMPLOYED,
    EMPLOYED
  }

  /**
   * What happens to one person, in days.
   *
   * @param referred days ago
   * @param answer what the person answers four days later: INTERESTED, NOT_INTERESTED, CALL_ME,
   *     STOP or none (null)
   * @param invited whether an administrator does the task to invite, two days later
   * @param enrolls days after the referral that learning begins; -1 for never
   * @param weekly progress a week, in percent
   * @param stops days after the beginning that the person stops learning
   */
  private record Life(
      String board,
      String first,
      String last,
      int referred,
      Answers answers,
      String answer,
      boolean invited,
      int enrolls,
      int weekly,
      int stops) {

    String email() {
      return (first + "." + last + "@example.org").toLowerCase();
    }

    /** Progress in percent on a day, that many days ago. */
    int progress(int daysAgo) {
      int learning = referred - enrolls - daysAgo;
      return Math.min(100, Math.min(learning, stops) / 7 * weekly);
    }

    int lastActive(int daysAgo) {
      int done = weekly == 0 ? 0 : (100 + weekly - 1) / weekly * 7;
      int begun = referred - enrolls;
      return weekly == 0 ? begun : Math.max(daysAgo, begun - Math.min(stops, done));
    }

    boolean learns(int daysAgo) {
      return enrolls >= 0 && referred - enrolls >= daysAgo;
    }
  }

  private static Life life(
      String board, String name, int referred, Answers answers, String answer, boolean invited) {
    return learner(board, name, referred, answers, answer, invited, -1, 0, 0);
  }

  private static Life learner(
      String board,
      String name,
      int referred,
      Answers answers,
      String answer,
      boolean invited,
      int enrolls,
      int weekly,
      int stops) {
    String[] parts = name.split(" ");
    return new Life(
        board, parts[0], parts[1], referred, answers, answer, invited, enrolls, weekly, stops);
  }

  private static final String ONONDAGA = "onondaga";
  private static final String SUFFOLK = "suffolk";
  private static final String YES = "INTERESTED";

  private static final List<Life> LIVES =
      List.of(
          life(ONONDAGA, "Abel Sample", 2, Answers.LAID_OFF, null, false),
          life(ONONDAGA, "Bella Mockup", 1, Answers.NONE_YET, null, false),
          life(ONONDAGA, "Cody Placeholder", 12, Answers.LAID_OFF, null, false),
          life(ONONDAGA, "Dora Specimen", 26, Answers.LAID_OFF, null, false),
          life(ONONDAGA, "Emil Pretend", 9, Answers.LAID_OFF, "CALL_ME", false),
          life(ONONDAGA, "Fay Invented", 30, Answers.LAID_OFF, "NOT_INTERESTED", false),
          life(ONONDAGA, "Gus Fictional", 3, Answers.UNDEREMPLOYED, null, false),
          life(ONONDAGA, "Hope Madeup", 20, Answers.EMPLOYED, null, false),
          life(ONONDAGA, "Ivan Imaginary", 8, Answers.NONE_YET, YES, false),
          life(ONONDAGA, "June Testwell", 6, Answers.LAID_OFF, YES, false),
          life(ONONDAGA, "Kurt Exampleson", 5, Answers.LAID_OFF, YES, false),
          life(ONONDAGA, "Lena Demoville", 14, Answers.LAID_OFF, YES, true),
          life(ONONDAGA, "Milo Sampleton", 33, Answers.LAID_OFF, YES, true),
          life(ONONDAGA, "Nell Mockford", 70, Answers.LAID_OFF, YES, true),
          learner(ONONDAGA, "Otto Trialby", 40, Answers.LAID_OFF, YES, true, 10, 15, 99),
          learner(ONONDAGA, "Pia Draftman", 55, Answers.LAID_OFF, YES, true, 12, 20, 99),
          learner(ONONDAGA, "Quin Standin", 62, Answers.LAID_OFF, YES, true, 9, 10, 21),
          learner(ONONDAGA, "Rosa Dummyfield", 80, Answers.LAID_OFF, YES, true, 11, 25, 99),
          learner(ONONDAGA, "Seth Makebelieve", 75, Answers.LAID_OFF, YES, true, 14, 12, 14),
          learner(ONONDAGA, "Tess Notreal", 35, Answers.LAID_OFF, YES, true, 8, 0, 0),
          learner(ONONDAGA, "Ugo Phantom", 90, Answers.LAID_OFF, YES, true, 10, 34, 99),
          learner(ONONDAGA, "Wilma Standby", 147, Answers.LAID_OFF, YES, true, 8, 50, 99),
          learner(ONONDAGA, "Vera Figment", 22, Answers.LAID_OFF, YES, true, 7, 30, 99),
          learner(ONONDAGA, "Walt Supposed", 50, Answers.LAID_OFF, null, false, 20, 18, 99),
          life(SUFFOLK, "Xena Sample", 1, Answers.LAID_OFF, null, false),
          life(SUFFOLK, "Yuri Mockup", 4, Answers.NONE_YET, null, false),
          life(SUFFOLK, "Zora Placeholder", 16, Answers.LAID_OFF, null, false),
          life(SUFFOLK, "Aldo Specimen", 29, Answers.LAID_OFF, null, false),
          life(SUFFOLK, "Bree Pretend", 2, Answers.UNDEREMPLOYED, null, false),
          life(SUFFOLK, "Cleo Invented", 45, Answers.EMPLOYED, null, false),
          life(SUFFOLK, "Dirk Fictional", 7, Answers.LAID_OFF, YES, false),
          life(SUFFOLK, "Edda Madeup", 18, Answers.LAID_OFF, YES, true),
          life(SUFFOLK, "Finn Imaginary", 72, Answers.LAID_OFF, YES, true),
          learner(SUFFOLK, "Gita Testwell", 38, Answers.LAID_OFF, YES, true, 9, 14, 99),
          learner(SUFFOLK, "Hans Exampleson", 48, Answers.LAID_OFF, YES, true, 10, 22, 99),
          learner(SUFFOLK, "Isla Demoville", 66, Answers.LAID_OFF, YES, true, 13, 9, 20),
          learner(SUFFOLK, "Jost Sampleton", 85, Answers.LAID_OFF, YES, true, 12, 28, 99),
          learner(SUFFOLK, "Kaya Mockford", 28, Answers.LAID_OFF, YES, true, 8, 0, 0),
          learner(SUFFOLK, "Pola Understudy", 145, Answers.LAID_OFF, YES, true, 9, 20, 21),
          learner(SUFFOLK, "Lars Trialby", 58, Answers.LAID_OFF, YES, true, 11, 16, 28),
          life(SUFFOLK, "Mina Draftman", 24, Answers.LAID_OFF, "STOP", false),
          life(SUFFOLK, "Nico Standin", 40, Answers.LAID_OFF, YES, true));

  private final DemoClock clock;
  private final Administrators administrators;
  private final Intake intake;
  private final Journey journey;
  private final Participants participants;
  private final CourseraReports reports;
  private final InboxDelivery inbox;
  private final Sender sender;
  private final TaskService tasks;
  private final FormService forms;
  private final ManagementService jobs;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Map<Life, Long> cases = new HashMap<>();

  DemoCases(
      DemoClock clock,
      Administrators administrators,
      Intake intake,
      Journey journey,
      Participants participants,
      CourseraReports reports,
      InboxDelivery inbox,
      Sender sender,
      TaskService tasks,
      FormService forms,
      ManagementService jobs,
      JdbcClient jdbc,
      TransactionTemplate transaction) {
    this.clock = clock;
    this.administrators = administrators;
    this.intake = intake;
    this.journey = journey;
    this.participants = participants;
    this.reports = reports;
    this.inbox = inbox;
    this.sender = sender;
    this.tasks = tasks;
    this.forms = forms;
    this.jobs = jobs;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    if (jdbc.sql("select count(*) from referral").query(Long.class).single() > 0) {
      return;
    }
    log.info("The demo data is being made: {} people, {} days.", LIVES.size(), DAYS);
    Instant now = clock.instant();
    try {
      transaction.executeWithoutResult(status -> live(now));
    } finally {
      clock.goOn();
    }
    log.info("The demo data is ready.");
  }

  private void live(Instant now) {
    Instant tenOClock =
        NewYork.dateOf(now)
            .atTime(10, 0)
            .atZone(NewYork.ZONE)
            .toInstant()
            .truncatedTo(ChronoUnit.HOURS);
    if (tenOClock.isAfter(now)) {
      tenOClock = tenOClock.minus(1, ChronoUnit.DAYS);
    }
    clock.standAt(tenOClock.minus(DAYS, ChronoUnit.DAYS));
    register(ONONDAGA, "Carl Placeholder", "onondaga.coursera1", "315-555-0142");
    register(ONONDAGA, "Cora Specimen", "onondaga.coursera2", "315-555-0143");
    register(SUFFOLK, "Casper Fictional", "suffolk.coursera1", "631-555-0142");
    register(SUFFOLK, "Celia Imaginary", "suffolk.coursera2", "631-555-0143");
    register(
        "cayuga-cortland", "Clara Standin", "cayuga.coursera1", "315-555-0144"); // needs another
    for (int day = DAYS; day >= 0; day--) {
      clock.standAt(tenOClock.minus(day, ChronoUnit.DAYS));
      int today = day;
      LIVES.forEach(life -> people(life, today));
      staff(today);
      if (NewYork.today(clock).getDayOfWeek() == DayOfWeek.MONDAY || day == 0) {
        report(ONONDAGA, today);
        report(SUFFOLK, today);
      }
      settle();
    }
    incidentals();
    settle();
  }

  private void register(String board, String name, String username, String phone) {
    administrators.add(
        board,
        name,
        "Coursera administrator",
        "Career Center",
        username + "@example.org",
        phone,
        username,
        NewYork.today(clock),
        null);
  }

  /** What the person does on a day. */
  private void people(Life life, int daysAgo) {
    if (life.referred() == daysAgo) {
      as(
          life.board() + ".staff",
          () -> {
            String caseNumber = journey.refer(intake.read(referral(life)), "DEMO").caseNumber();
            cases.put(life, participants.require(caseNumber, Set.of(life.board())).id());
            return null;
          });
    }
    if (life.answer() != null && life.referred() - 4 == daysAgo) {
      long id = cases.get(life);
      as(
          CurrentUser.LEARNER,
          () -> {
            if (life.answer().equals("STOP")) {
              journey.stopMails(id);
            } else {
              journey.answer(id, life.answer());
            }
            return null;
          });
    }
  }

  /**
   * What staff do on a day: invitations after two days, entries into OSOS and outcomes after three.
   */
  private void staff(int daysAgo) {
    Date twoDaysOld = Date.from(clock.instant().minus(2, ChronoUnit.DAYS));
    for (Task task :
        tasks
            .createTaskQuery()
            .taskDefinitionKey("InviteInCoursera")
            .taskCreatedBefore(twoDaysOld)
            .list()) {
      Life life = lifeOf((Long) tasks.getVariable(task.getId(), "participantId"));
      if (life.invited()) {
        does(life.board() + ".coursera1", task, Map.of("sentOn", NewYork.today(clock).toString()));
      }
    }
    for (Task task :
        tasks
            .createTaskQuery()
            .taskDefinitionKey("EnterIntoOsos")
            .taskCreatedBefore(twoDaysOld)
            .list()) {
      if (keepsUp(task.getTenantId(), daysAgo)) {
        does(
            task.getTenantId() + ".staff",
            task,
            Map.of("result", "ENTERED", "enteredOn", NewYork.today(clock).toString()));
      }
    }
    if (daysAgo % 3 == 0 && daysAgo > 6) {
      tasks
          .createTaskQuery()
          .taskDefinitionKey("DecideOutcome")
          .taskCreatedBefore(twoDaysOld)
          .list()
          .stream()
          .limit(1)
          .forEach(
              task ->
                  does(
                      task.getTenantId() + ".staff",
                      task,
                      Map.of(
                          "outcome",
                          "MEASURABLE_SKILL_GAIN",
                          "skillGainType",
                          "SKILLS_PROGRESSION",
                          "evidence",
                          "Certificate of completion seen, kept in the paper file.")));
    }
  }

  /** Onondaga has entered everything; Suffolk is some weeks behind. */
  private static boolean keepsUp(String board, int daysAgo) {
    return board.equals(ONONDAGA) || daysAgo > 32;
  }

  /** Some things that happen now and then. */
  private void incidentals() {
    as(
        "onondaga.staff",
        () -> {
          journey.recordService(
              caseOf("Pia"),
              new ServiceReceived("INITIAL_ASSESSMENT", NewYork.today(clock).minusDays(10)));
          journey.reportAccountProblem(
              caseOf("Otto"), "TROUBLE", "Signed up with another address and sees no courses.");
          Map<String, Object> again = new HashMap<>();
          again.putAll(
              Map.of(
                  "board", ONONDAGA,
                  "firstName", "Abel",
                  "lastName", "Sample",
                  "email", "abel.sample@example.org",
                  "phone", "315-555-0177"));
          journey.refer(intake.read(again), "DEMO");
          return null;
        });
    as(
        "suffolk.staff",
        () -> {
          journey.close(caseOf("Nico"), "WITHDRAWN", "Found work.", null);
          return null;
        });
  }

  private long caseOf(String first) {
    return cases.entrySet().stream()
        .filter(e -> e.getKey().first().equals(first))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private Life lifeOf(long participantId) {
    return cases.entrySet().stream()
        .filter(e -> e.getValue() == participantId)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private void does(String username, Task task, Map<String, Object> values) {
    as(
        username,
        () -> {
          tasks.setAssignee(task.getId(), username);
          forms.submitTaskForm(task.getId(), values);
          return null;
        });
  }

  /** The report that the board's administrator downloads and imports. */
  private void report(String board, int daysAgo) {
    StringBuilder rows = new StringBuilder(REPORT_HEADER);
    LIVES.stream()
        .filter(life -> life.board().equals(board) && life.learns(daysAgo))
        .forEach(life -> rows.append(row(life, daysAgo)));
    jdbc.sql("discard temp").update(); // an import's tables last as long as its transaction
    as(
        board + ".coursera1",
        () ->
            reports.importReport(
                new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)),
                "usage-" + NewYork.today(clock) + ".csv",
                Set.of(board)));
  }

  private String row(Life life, int daysAgo) {
    Participant participant = participants.get(cases.get(life));
    String[] course = COURSES.get(LIVES.indexOf(life) % COURSES.size());
    int progress = life.progress(daysAgo);
    Instant enrolled = ago(life.referred() - life.enrolls(), daysAgo);
    Instant active = ago(life.lastActive(daysAgo), daysAgo);
    String slug = course[0].toLowerCase().replace(' ', '-');
    return "%s,%s,%s,%s,%s,%s,%s,%s,,%s,%d,18,%s,No,new-york,New York,Coursera,%s,%s\n"
        .formatted(
            participant.fullName(),
            life.email(),
            participant.caseNumber(),
            course[0],
            "c-" + slug,
            slug,
            course[1],
            enrolled,
            progress > 0 ? active : "",
            progress,
            progress == 100 ? "Yes" : "No",
            progress == 100 ? active : "",
            progress == 100 ? "92.5" : "");
  }

  /** The moment that was so many days before today, as seen on a day that itself is past. */
  private Instant ago(int days, int daysAgo) {
    return clock.instant().minus(days - daysAgo, ChronoUnit.DAYS).minus(2, ChronoUnit.HOURS);
  }

  private Map<String, Object> referral(Life life) {
    Map<String, Object> referral = new HashMap<>();
    int n = LIVES.indexOf(life);
    boolean onondaga = life.board().equals(ONONDAGA);
    referral.put("board", life.board());
    referral.put("firstName", life.first());
    referral.put("lastName", life.last());
    referral.put("email", life.email());
    if (life.answers() == Answers.NONE_YET) {
      return referral;
    }
    referral.put("phone", (onondaga ? "315-555-01" : "631-555-01") + (10 + n));
    referral.put("ososId", "NY9000000" + (10 + n));
    referral.put("dateOfBirth", LocalDate.of(1960 + n, 1 + n % 12, 1 + n % 28).toString());
    referral.put("county", onondaga ? "Onondaga" : "Suffolk");
    referral.put("city", onondaga ? "Syracuse" : "Riverhead");
    referral.put("displacedHomemaker", false);
    referral.put("militarySpouse", false);
    referral.put("attestedOn", NewYork.today(clock).toString());
    switch (life.answers()) {
      case LAID_OFF -> {
        referral.put("employmentStatus", "UNEMPLOYED");
        referral.put("separationReason", "LAYOFF");
        referral.put("separationDate", NewYork.today(clock).minusDays(30).toString());
        referral.put("employer", "Example Diner");
        referral.put("uiStatus", "ENTITLED");
        referral.put("likelyToReturn", false);
        referral.put("covidReason", "LAID_OFF");
        referral.put("weeksUnemployed", 4);
      }
      case UNDEREMPLOYED -> {
        referral.put("employmentStatus", "UNDEREMPLOYED");
        referral.put("separationReason", "NONE");
        referral.put("covidReason", "NONE");
      }
      default -> {
        referral.put("employmentStatus", "EMPLOYED");
        referral.put("separationReason", "NONE");
        referral.put("covidReason", "NONE");
      }
    }
    return referral;
  }

  /** News are delivered, timers that are due fire, mails go out, until nothing is left to do. */
  private void settle() {
    boolean moved;
    do {
      moved = inbox.deliverDue() > 0;
      List<Job> due =
          jobs.createJobQuery().duedateLowerThan(Date.from(clock.instant())).list().stream()
              .filter(job -> job.getProcessDefinitionKey() != null)
              .toList();
      due.forEach(job -> jobs.executeJob(job.getId()));
      moved |= !due.isEmpty();
      moved |= sender.sendDue() > 0;
    } while (moved);
  }

  private static <T> void as(String username, Supplier<T> work) {
    CurrentUser.as(username, work);
  }
}
