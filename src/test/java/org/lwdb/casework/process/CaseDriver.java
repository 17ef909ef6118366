package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.camunda.bpm.engine.test.assertions.bpmn.ProcessInstanceAssert;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.Page;
import org.lwdb.casework.learning.CourseraReports;
import org.lwdb.casework.learning.ReportResult;
import org.lwdb.casework.mail.AddressRejected;
import org.lwdb.casework.mail.MessageView;
import org.lwdb.casework.mail.Messages;
import org.lwdb.casework.mail.Sender;
import org.lwdb.casework.osos.OsosEntries;
import org.lwdb.casework.osos.OsosEntry;
import org.lwdb.casework.participant.Intake;
import org.lwdb.casework.participant.Participant;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.process.ParticipantJourney.Variables;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Drives a case as people, timers and reports do, and looks at what came of it. */
@TestComponent
public class CaseDriver {

  /** Somebody who is a dislocated worker (category A) beyond doubt. */
  public static final Map<String, Object> ELIGIBLE =
      Map.of(
          "employmentStatus", "UNEMPLOYED",
          "separationReason", "LAYOFF",
          "uiStatus", "ENTITLED",
          "likelyToReturn", false,
          "displacedHomemaker", false,
          "militarySpouse", false,
          "covidReason", "LAID_OFF");

  private static final AtomicInteger PEOPLE = new AtomicInteger();
  private static final String HEADER =
      "Name,Email,External Id,Course,Course ID,Course Slug,University,Enrollment Time,Class Start"
          + " Time,Last Course Activity Time,Overall Progress,Estimated Learning Hours,Completed,Removed"
          + " From Program,Program Slug,Program Name,Enrollment Source,Completion Time,Course Grade\n";

  final ProcessEngine engine;
  final Journey journey;
  final Intake intake;
  final Participants participants;
  final InboxDelivery inbox;
  final CourseraReports reports;
  final Messages messages;
  final OsosEntries entries;
  final PartnershipEnd partnershipEnd;
  final Sender sender;
  final JdbcClient jdbc;
  final ApplicationEventPublisher events;
  final MovableClock clock;

  CaseDriver(
      ProcessEngine engine,
      Journey journey,
      Intake intake,
      Participants participants,
      InboxDelivery inbox,
      CourseraReports reports,
      Messages messages,
      OsosEntries entries,
      PartnershipEnd partnershipEnd,
      Sender sender,
      JdbcClient jdbc,
      ApplicationEventPublisher events,
      MovableClock clock) {
    this.engine = engine;
    this.journey = journey;
    this.intake = intake;
    this.participants = participants;
    this.inbox = inbox;
    this.reports = reports;
    this.messages = messages;
    this.entries = entries;
    this.partnershipEnd = partnershipEnd;
    this.sender = sender;
    this.jdbc = jdbc;
    this.events = events;
    this.clock = clock;
    BpmnAwareTests.init(engine);
  }

  /** A person of Onondaga that nobody knows yet. */
  Map<String, Object> somebody(Map<String, Object> answers) {
    int n = PEOPLE.incrementAndGet();
    Map<String, Object> person = new HashMap<>();
    person.put("board", "onondaga");
    person.put("firstName", "Trace");
    person.put("lastName", "Person" + n);
    person.put("email", "trace.person" + n + "@example.org");
    person.putAll(answers);
    return person;
  }

  public TracedCase refer(Map<String, Object> answers) {
    return new TracedCase(journey.refer(intake.read(somebody(answers)), "API").caseNumber());
  }

  /** The person has answered outreach. */
  public void answer(TracedCase traced, String answer) {
    journey.answer(traced.id(), answer);
  }

  /** A case that waits for its invitation in Coursera's console. */
  public TracedCase interested() {
    TracedCase traced = refer(ELIGIBLE);
    answer(traced, "INTERESTED");
    return traced;
  }

  TracedCase invited() {
    TracedCase traced = interested();
    traced.submit("InviteInCoursera", Map.of("sentOn", "2021-02-01"));
    return traced;
  }

  TracedCase learning() {
    TracedCase traced = invited();
    traced.reported("First Steps", 0, false);
    return traced;
  }

  /** The person moves to Suffolk; the case there. */
  TracedCase moved(TracedCase traced) {
    return new TracedCase(journey.close(traced.id(), "MOVED", null, "suffolk").newCaseNumber());
  }

  /** The mail server has refused the address of the case's mail. */
  void bounce(TracedCase traced) {
    jdbc.sql("update message set state = 'BOUNCED' where participant_id = ? and state = 'QUEUED'")
        .param(traced.id())
        .update();
    events.publishEvent(new AddressRejected(traced.id(), traced.file().email()));
  }

  /** A node was killed while it sent the case's mail, and its lease has run out. */
  void stoppedWhileSending(TracedCase traced) {
    jdbc.sql(
            """
            update message set state = 'CLAIMED', claimed_by = 'a killed node', claimed_until = :then,
                   sending_at = :then
             where participant_id = :id
            """)
        .param("then", Timestamp.from(clock.instant().minusSeconds(3600)))
        .param("id", traced.id())
        .update();
    sender.sendDue();
  }

  String newestTask(String key) {
    return engine
        .getTaskService()
        .createTaskQuery()
        .taskDefinitionKey(key)
        .orderByTaskCreateTime()
        .desc()
        .list()
        .stream()
        .max(
            java.util.Comparator.comparing(
                task ->
                    (Long)
                        engine.getTaskService().getVariable(task.getId(), Variables.REFERRAL_ID)))
        .orElseThrow()
        .getId();
  }

  List<String> tasks(String instance, String key) {
    return engine
        .getTaskService()
        .createTaskQuery()
        .processInstanceId(instance)
        .taskDefinitionKey(key)
        .list()
        .stream()
        .map(Task::getId)
        .toList();
  }

  Map<String, Object> shown(String task) {
    return engine.getFormService().getTaskFormVariables(task);
  }

  void submit(String task, Map<String, Object> values) {
    engine.getFormService().submitTaskForm(task, values);
  }

  List<String> incidents(String instance) {
    return engine
        .getRuntimeService()
        .createIncidentQuery()
        .processInstanceId(instance)
        .list()
        .stream()
        .map(Incident::getIncidentMessage)
        .toList();
  }

  String instanceOf(String task) {
    return engine
        .getTaskService()
        .createTaskQuery()
        .taskId(task)
        .singleResult()
        .getProcessInstanceId();
  }

  boolean isRunning(String instance) {
    return engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceId(instance)
            .count()
        > 0;
  }

  String businessKey(String instance) {
    return engine
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processInstanceId(instance)
        .singleResult()
        .getBusinessKey();
  }

  Set<String> passed(String instance) {
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(instance)
        .finished()
        .list()
        .stream()
        .map(HistoricActivityInstance::getActivityId)
        .collect(Collectors.toSet());
  }

  TracedCase traced(String caseNumber) {
    return new TracedCase(caseNumber);
  }

  /** One case, and what happens to it. */
  public class TracedCase {
    private final String caseNumber;
    private final String instance;

    TracedCase(String caseNumber) {
      this.caseNumber = caseNumber;
      this.instance =
          engine
              .getHistoryService()
              .createHistoricProcessInstanceQuery()
              .processInstanceBusinessKey(caseNumber)
              .processDefinitionKey(ParticipantJourney.KEY)
              .singleResult()
              .getId();
    }

    public String caseNumber() {
      return caseNumber;
    }

    public String instance() {
      return instance;
    }

    public Participant file() {
      return participants.require(caseNumber, Set.of("onondaga", "suffolk"));
    }

    public long id() {
      return file().id();
    }

    public ProcessInstanceAssert process() {
      return BpmnAwareTests.assertThat(
          engine
              .getRuntimeService()
              .createProcessInstanceQuery()
              .processInstanceId(instance)
              .singleResult());
    }

    void hasPassed(String... activities) {
      assertThat(passed(instance)).contains(activities);
    }

    void hasEnded() {
      assertThat(isRunning(instance)).as(caseNumber + " waits at " + tasks() + jobs()).isFalse();
    }

    /**
     * Moves the clock to when the job is due (a timer, or what waits before a task), and executes
     * it.
     */
    void fire(String timer) {
      Job job = job(timer);
      if (job.getDuedate() != null && job.getDuedate().toInstant().isAfter(clock.instant())) {
        clock.set(job.getDuedate().toInstant());
      }
      engine.getManagementService().executeJob(job.getId());
    }

    Job job(String activity) {
      List<Job> jobs =
          engine.getManagementService().createJobQuery().processInstanceId(instance).list();
      return jobs.stream()
          .filter(j -> activityOf(j).equals(activity))
          .findFirst()
          .orElseThrow(
              () ->
                  new AssertionError(
                      "No job at "
                          + activity
                          + ", only at "
                          + jobs.stream().map(this::activityOf).toList()));
    }

    List<String> jobs() {
      return engine
          .getManagementService()
          .createJobQuery()
          .processInstanceId(instance)
          .list()
          .stream()
          .map(this::activityOf)
          .toList();
    }

    private String activityOf(Job job) {
      return engine
          .getManagementService()
          .createJobDefinitionQuery()
          .jobDefinitionId(job.getJobDefinitionId())
          .singleResult()
          .getActivityId();
    }

    public Task task(String key) {
      Task task =
          engine
              .getTaskService()
              .createTaskQuery()
              .processInstanceId(instance)
              .taskDefinitionKey(key)
              .singleResult();
      if (task == null) {
        throw new AssertionError("No task " + key + ", only " + tasks());
      }
      return task;
    }

    List<String> tasks() {
      return engine.getTaskService().createTaskQuery().processInstanceId(instance).list().stream()
          .map(Task::getTaskDefinitionKey)
          .toList();
    }

    public void submit(String task, Map<String, Object> values) {
      CaseDriver.this.submit(task(task).getId(), values);
    }

    Map<String, Object> shown(String task) {
      return CaseDriver.this.shown(task(task).getId());
    }

    /** Coursera's usage report shows the person in a course; the case is told at once. */
    ReportResult reported(String course, int progress, boolean completed) {
      String now = clock.instant().toString();
      Participant person = file();
      String row =
          "%s,%s,%s,%s,%s,%s,Example University,%s,,%s,%d,10,%s,No,ny,New York,Coursera,%s,%s\n"
              .formatted(
                  person.fullName(),
                  person.email(),
                  caseNumber,
                  course,
                  "course-" + course.replace(' ', '-'),
                  course.toLowerCase().replace(' ', '-'),
                  now,
                  progress > 0 ? now : "",
                  progress,
                  completed ? "Yes" : "No",
                  completed ? now : "",
                  completed ? "95.5" : "");
      ReportResult result =
          reports.importReport(
              new ByteArrayInputStream((HEADER + row).getBytes(StandardCharsets.UTF_8)),
              "usage.csv",
              Set.of(person.board()));
      inbox.deliverDue();
      return result;
    }

    /** The mails of the case, each as template and state. */
    public List<String> mails() {
      return messages.of(id()).stream().map(m -> m.template() + " " + m.state()).toList();
    }

    /** To whom the case's mails of that state go. */
    List<String> recipients(String state) {
      return messages.of(id()).stream()
          .filter(m -> m.state().equals(state))
          .map(MessageView::to)
          .toList();
    }

    List<OsosEntry> entries() {
      return entries
          .list(
              null, null, caseNumber, Set.of("onondaga", "suffolk"), new Page.Request(0, 50, null))
          .content();
    }
  }

  /** The process of an entry that is owed to OSOS. */
  class OsosCase {
    private final String entry;

    OsosCase(String entry) {
      this.entry = entry;
    }

    Task task(String key) {
      return engine
          .getTaskService()
          .createTaskQuery()
          .processInstanceBusinessKey(entry)
          .processDefinitionKey(OsosEntryProcess.KEY)
          .taskDefinitionKey(key)
          .singleResult();
    }

    void submit(String key, Map<String, Object> values) {
      CaseDriver.this.submit(task(key).getId(), values);
    }

    Map<String, Object> shown(String key) {
      return CaseDriver.this.shown(task(key).getId());
    }

    void fire(String timer) {
      Job job =
          engine
              .getManagementService()
              .createJobQuery()
              .processInstanceId(instance())
              .timers()
              .singleResult();
      clock.set(job.getDuedate().toInstant());
      engine.getManagementService().executeJob(job.getId());
      assertThat(passed(instance())).contains(timer);
    }

    void hasEnded() {
      assertThat(
              engine
                  .getRuntimeService()
                  .createProcessInstanceQuery()
                  .processDefinitionKey(OsosEntryProcess.KEY)
                  .processInstanceBusinessKey(entry)
                  .count())
          .isZero();
    }

    private String instance() {
      return engine
          .getRuntimeService()
          .createProcessInstanceQuery()
          .processDefinitionKey(OsosEntryProcess.KEY)
          .processInstanceBusinessKey(entry)
          .singleResult()
          .getId();
    }
  }

  /** To whom mails about this case went that are for staff. */
  List<String> staffMails(String caseNumber) {
    return jdbc.sql(
            "select to_address from message where participant_id is null and data ->> 'caseNumber' = ?")
        .param(caseNumber)
        .query(String.class)
        .list();
  }

  /** The processes of what a case owes to OSOS, the oldest first. */
  List<OsosCase> owed(TracedCase traced) {
    return engine
        .getTaskService()
        .createTaskQuery()
        .processDefinitionKey(OsosEntryProcess.KEY)
        .orderByTaskCreateTime()
        .asc()
        .list()
        .stream()
        .map(
            task ->
                engine
                    .getRuntimeService()
                    .createProcessInstanceQuery()
                    .processInstanceId(task.getProcessInstanceId())
                    .singleResult()
                    .getBusinessKey())
        .filter(key -> entries.get(Long.parseLong(key)).participantId() == traced.id())
        .map(OsosCase::new)
        .toList();
  }
}
