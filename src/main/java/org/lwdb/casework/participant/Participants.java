package org.lwdb.casework.participant;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.Page;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The participants' files. */
@Repository
public class Participants {

  private static final Map<String, String> SORT =
      Map.of(
          "caseNumber", "substr(p.case_number, 2)::bigint",
          "lastName", "lower(p.last_name)",
          "firstName", "lower(p.first_name)",
          "stage", "p.stage",
          "openedAt", "p.opened_at",
          "closedAt", "p.closed_at",
          "email", "lower(p.email)");

  private final JdbcClient jdbc;
  private final Clock clock;

  Participants(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  public Participant get(long id) {
    return get(id, "");
  }

  /** The file, which nobody else can change until the end of the transaction. */
  Participant lock(long id) {
    return get(id, " for no key update");
  }

  private Participant get(long id, String locking) {
    return jdbc.sql(select("participant") + " where p.id = ?" + locking)
        .param(id)
        .query(Participants::participant)
        .optional()
        .orElseThrow(() -> new NotFound("There is no such participant."));
  }

  /** The case of that number in one of the boards; another board's case is not found. */
  public Participant require(String caseNumber, Set<String> boards) {
    return jdbc.sql(select("participant") + " where p.case_number = ? and p.board_id = any(?)")
        .params(caseNumber, boards.toArray(String[]::new))
        .query(Participants::participant)
        .optional()
        .orElseThrow(() -> new NotFound("There is no case " + caseNumber + " in your boards."));
  }

  /** The files of these cases, by their ids: callers have made sure of the boards. */
  public Map<Long, Participant> all(Collection<Long> ids) {
    return jdbc
        .sql(select("participant") + " where p.id = any(?)")
        .param(ids.toArray(Long[]::new))
        .query(Participants::participant)
        .list()
        .stream()
        .collect(Collectors.toMap(Participant::id, file -> file));
  }

  public String caseNumber(long id) {
    return jdbc.sql("select case_number from participant where id = ?")
        .param(id)
        .query(String.class)
        .optional()
        .orElseThrow(() -> new NotFound("There is no such participant."));
  }

  /** The names of the people behind these cases of the boards, by case number. */
  public Map<String, String> fullNames(Set<String> caseNumbers, Set<String> boards) {
    Map<String, String> names = new HashMap<>();
    jdbc.sql(
            """
            select case_number, first_name || ' ' || last_name as name from participant
             where case_number = any(?) and board_id = any(?)
            """)
        .params(caseNumbers.toArray(String[]::new), boards.toArray(String[]::new))
        .query(
            (RowCallbackHandler)
                row -> names.put(row.getString("case_number"), row.getString("name")));
    return names;
  }

  /** Every address that the participant is known by, in lower case, the oldest first. */
  public List<String> emails(long id) {
    return jdbc.sql(
            "select email from participant_email where participant_id = ? order by added_at, email")
        .param(id)
        .query(String.class)
        .list();
  }

  /**
   * Finds cases of the boards, the latest opened first.
   *
   * @param query words, each a part of a name, a known e-mail address, the case number or the OSOS
   *     id; null or blank: all
   * @param stage the name of a {@link Stage}; null or blank: all
   */
  public Page<Participant> search(
      String query, String stage, Set<String> boards, Page.Request page) {
    StringBuilder where = new StringBuilder(" where p.board_id = any(:boards)");
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("boards", boards.toArray(String[]::new));
    if (Text.strip(stage) != null) {
      where.append(" and p.stage = :stage");
      params.put("stage", Choice.of(Stage.class, "stage", stage).name());
    }
    String words = Text.note("query", query);
    if (words != null) {
      int n = 0;
      for (String word : words.split("\\s+")) {
        String name = "word" + n++;
        where.append(
            """
             and (p.first_name ilike :word or p.last_name ilike :word
                  or p.case_number ilike :word or p.osos_id ilike :word
                  or p.id in (select e.participant_id from participant_email e
                               where e.email like lower(:word)))
            """
                .replace("word", name));
        params.put(name, "%" + word.replaceAll("([\\\\%_])", "\\\\$1") + "%");
      }
    }
    String orderBy = " order by " + page.orderBy(SORT, "p.opened_at desc") + ", p.id desc";
    long total =
        jdbc.sql("select count(*) from participant p" + where)
            .params(params)
            .query(Long.class)
            .single();
    List<Participant> content =
        jdbc.sql(
                select(
                        "(select p.* from participant p"
                            + where
                            + orderBy
                            + " limit :size offset :offset)")
                    + orderBy)
            .params(params)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(Participants::participant)
            .list();
    return Page.of(content, page, total);
  }

  /** Makes the file of a new case, at the stage REFERRED. */
  long insert(Referral referral) {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            insert into participant (first_name, last_name, email, phone, language, osos_id,
              date_of_birth, county, city,
              employment_status, separation_date, separation_reason, employer,
              ui_status, likely_to_return, business_loss_cause,
              displaced_homemaker, military_spouse, covid_reason,
              weeks_unemployed, attested_on, documents_seen,
              case_number, board_id, stage, stage_since, opened_at, accountability_since)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
              'C' || nextval('case_number_seq'), ?, 'REFERRED', ?, ?, ?)
            returning id
            """)
        .params(contactAndAnswers(referral))
        .params(
            referral.board(),
            Timestamp.from(now),
            Timestamp.from(now),
            Date.valueOf(NewYork.dateOf(now)))
        .query(Long.class)
        .single();
  }

  /** Writes contact data and answers. */
  void update(long id, Referral referral) {
    jdbc.sql(
            """
            update participant set
              first_name = ?, last_name = ?, email = ?, phone = ?, language = ?, osos_id = ?,
              date_of_birth = ?, county = ?, city = ?,
              employment_status = ?, separation_date = ?, separation_reason = ?, employer = ?,
              ui_status = ?, likely_to_return = ?, business_loss_cause = ?,
              displaced_homemaker = ?, military_spouse = ?, covid_reason = ?,
              weeks_unemployed = ?, attested_on = ?, documents_seen = ?
             where id = ?
            """)
        .params(contactAndAnswers(referral))
        .param(id)
        .update();
  }

  private static List<Object> contactAndAnswers(Referral referral) {
    EligibilityAnswers answers = referral.eligibility();
    return Arrays.asList(
        referral.firstName(),
        referral.lastName(),
        referral.email(),
        referral.phone(),
        referral.language(),
        referral.ososId(),
        referral.dateOfBirth(),
        referral.county(),
        referral.city(),
        name(answers.employmentStatus()),
        answers.separationDate(),
        name(answers.separationReason()),
        answers.employer(),
        name(answers.uiStatus()),
        answers.likelyToReturn(),
        name(answers.businessLossCause()),
        answers.displacedHomemaker(),
        answers.militarySpouse(),
        name(answers.covidReason()),
        answers.weeksUnemployed(),
        answers.attestedOn(),
        answers.documentsSeen());
  }

  /** Adds an address to those that the participant is known by; false if it is one already. */
  boolean addEmail(long id, String email, String source) {
    return jdbc.sql(
                """
            insert into participant_email (participant_id, email, source, added_at)
            values (?, ?, ?, ?) on conflict do nothing
            """)
            .params(id, email.toLowerCase(Locale.ROOT), source, Timestamp.from(clock.instant()))
            .update()
        == 1;
  }

  /** Whole files, with their services, of the rows of {@code p}. */
  private static String select(String p) {
    return """
        select p.*,
               (select m.case_number from participant m where m.id = p.merged_into)
                 as merged_into_case,
               array(select s.service from service_received s
                      where s.participant_id = p.id order by s.received_on, s.id) as services,
               array(select s.received_on from service_received s
                      where s.participant_id = p.id order by s.received_on, s.id) as services_on
          from\s"""
        + p
        + " p";
  }

  private static String name(Enum<?> value) {
    return value == null ? null : value.name();
  }

  private static Participant participant(ResultSet row, int n) throws SQLException {
    return new Participant(
        row.getLong("id"),
        row.getLong("person_id"),
        row.getString("case_number"),
        row.getString("board_id"),
        Stage.valueOf(row.getString("stage")),
        instant(row, "stage_since"),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("email"),
        row.getString("phone"),
        row.getString("language"),
        row.getString("osos_id"),
        date(row, "date_of_birth"),
        row.getString("county"),
        row.getString("city"),
        new EligibilityAnswers(
            choice(row, "employment_status", EligibilityAnswers.EmploymentStatus.class),
            date(row, "separation_date"),
            choice(row, "separation_reason", EligibilityAnswers.SeparationReason.class),
            row.getString("employer"),
            choice(row, "ui_status", EligibilityAnswers.UiStatus.class),
            row.getObject("likely_to_return", Boolean.class),
            choice(row, "business_loss_cause", EligibilityAnswers.BusinessLossCause.class),
            row.getObject("displaced_homemaker", Boolean.class),
            row.getObject("military_spouse", Boolean.class),
            choice(row, "covid_reason", EligibilityAnswers.CovidReason.class),
            row.getObject("weeks_unemployed", Integer.class),
            date(row, "attested_on"),
            row.getString("documents_seen")),
        choice(row, "eligibility_result", EligibilityResult.class),
        List.of((String[]) row.getArray("eligibility_bases").getArray()),
        row.getObject("eligibility_version", Integer.class),
        instant(row, "eligibility_at"),
        row.getString("override_reason"),
        row.getString("override_by"),
        choice(row, "outreach_answer", OutreachAnswer.class),
        instant(row, "answered_at"),
        date(row, "invited_on"),
        instant(row, "joined_at"),
        instant(row, "learning_checked_at"),
        instant(row, "checked_in_at"),
        Accountability.valueOf(row.getString("accountability")),
        date(row, "accountability_since"),
        instant(row, "mails_stopped_at"),
        instant(row, "opened_at"),
        instant(row, "closed_at"),
        choice(row, "closed_reason", ClosedReason.class),
        row.getObject("moved_from", Long.class),
        row.getString("merged_into_case"),
        services(row));
  }

  private static List<ServiceReceived> services(ResultSet row) throws SQLException {
    String[] names = (String[]) row.getArray("services").getArray();
    Date[] dates = (Date[]) row.getArray("services_on").getArray();
    List<ServiceReceived> services = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      services.add(new ServiceReceived(names[i], dates[i].toLocalDate()));
    }
    return services;
  }

  private static <E extends Enum<E>> E choice(ResultSet row, String column, Class<E> type)
      throws SQLException {
    String name = row.getString(column);
    return name == null ? null : Enum.valueOf(type, name);
  }

  private static LocalDate date(ResultSet row, String column) throws SQLException {
    return row.getObject(column, LocalDate.class);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}
