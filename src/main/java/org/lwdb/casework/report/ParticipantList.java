package org.lwdb.casework.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.lwdb.casework.Page;
import org.lwdb.casework.participant.Accountability;
import org.lwdb.casework.participant.Stage;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Participants as the boards' staff look for them: found by many marks at once, and shown with how
 * far each has come. Only the rows of a page are joined to courses and mails, so that a hundred
 * thousand cost what a hundred do.
 */
@Repository
public class ParticipantList {

  /** Which reminders a person was sent. */
  public enum Reminded {
    NEVER("Never reminded"),
    LAST_7_DAYS("Reminded in the last 7 days"),
    WAITING("A reminder waits to be sent"),
    STOPPED("Mails stopped");

    private final String label;

    Reminded(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** Between which two steps somebody has stayed (Coursera's console lists the same). */
  public enum Between {
    INVITED_NOT_JOINED("Invited, not joined"),
    JOINED_NOT_ENROLLED("Joined, not enrolled"),
    ENROLLED_NOT_COMPLETED("Enrolled, nothing completed");

    private final String label;

    Between(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /**
   * What somebody looks for; null: whatever it is.
   *
   * @param query words, each a part of the name, case number, OSOS id or a known e-mail address
   * @param open true: cases that are not closed
   * @param inactiveDays learners without any activity for so many days, in a case that is open
   */
  public record Filter(
      String query,
      Stage stage,
      Boolean open,
      Reminded reminded,
      Integer inactiveDays,
      Between between,
      Accountability accountability,
      String language) {}

  /** A row of the list. */
  public record Row(
      long id,
      String caseNumber,
      String firstName,
      String lastName,
      String email,
      String phone,
      String board,
      Stage stage,
      String eligibilityResult,
      String language,
      String ososId,
      Accountability accountability,
      Instant openedAt,
      LocalDate invitedOn,
      Instant joinedAt,
      String closedReason,
      boolean mailsStopped,
      int enrolled,
      int completed,
      Integer progress,
      Instant lastActivityAt,
      Instant lastMailAt) {}

  private static final int ROWS_AT_ONCE = 500;

  private static final Map<String, String> SORT =
      Map.of(
          "name", "lower(p.last_name) || ' ' || lower(p.first_name)",
          "case", "p.id",
          "stage", "p.stage_since",
          "opened", "p.opened_at",
          "invited", "p.invited_on",
          "joined", "p.joined_at");

  private static final String FOUND =
      """
      select p.*, l.enrolled, l.completed, l.progress, l.last_activity_at, m.last_mail_at
        from (%s) p
        left join lateral (
          select count(*) as enrolled, count(*) filter (where completed) as completed,
                 round(max(progress) filter (where not completed)) as progress,
                 max(last_activity_at) as last_activity_at
            from enrollment where participant_id = p.id) l on true
        left join lateral (
          select max(state_at) as last_mail_at
            from message where participant_id = p.id and state = 'ACCEPTED') m on true
       order by %s
      """;

  private final JdbcClient jdbc;

  /** Reads long results a part at a time, within a transaction. */
  private final JdbcClient inParts;

  private final Clock clock;

  ParticipantList(DataSource dataSource, JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    JdbcTemplate template = new JdbcTemplate(dataSource);
    template.setFetchSize(ROWS_AT_ONCE);
    this.inParts = JdbcClient.create(template);
    this.clock = clock;
  }

  /** One page, the latest opened first unless it is sorted otherwise. */
  public Page<Row> page(Filter filter, Set<String> boards, Page.Request page) {
    Condition condition = new Condition(filter, boards, clock.instant());
    long total =
        jdbc.sql("select count(*) from participant p where " + condition.sql)
            .params(condition.params)
            .query(Long.class)
            .single();
    List<Row> rows =
        jdbc.sql(found(condition, page, " limit :size offset :offset"))
            .params(condition.params)
            .param("size", page.size())
            .param("offset", page.offset())
            .query(ParticipantList::row)
            .list();
    return Page.of(rows, page, total);
  }

  /** All of them, in the order of the page, one after the other. */
  @Transactional(readOnly = true)
  public void each(Filter filter, Set<String> boards, Page.Request page, Consumer<Row> reader) {
    Condition condition = new Condition(filter, boards, clock.instant());
    inParts
        .sql(found(condition, page, ""))
        .params(condition.params)
        .query((RowCallbackHandler) row -> reader.accept(row(row, 0)));
  }

  private static String found(Condition condition, Page.Request page, String limit) {
    String order = page.orderBy(SORT, "p.opened_at desc") + ", p.id desc";
    return FOUND.formatted(
        "select p.* from participant p where " + condition.sql + " order by " + order + limit,
        order);
  }

  /** The filter as SQL about {@code participant p}. */
  private static final class Condition {

    private final StringBuilder sql = new StringBuilder("p.board_id = any(:boards)");
    private final Map<String, Object> params = new LinkedHashMap<>();

    Condition(Filter filter, Set<String> boards, Instant now) {
      params.put("boards", boards.toArray(String[]::new));
      words(filter.query());
      and(filter.stage(), "p.stage = :stage", "stage", Enum::name);
      if (filter.open() != null) {
        sql.append(filter.open() ? " and p.stage <> 'CLOSED'" : " and p.stage = 'CLOSED'");
      }
      and(
          filter.accountability(),
          "p.accountability = :accountability",
          "accountability",
          Enum::name);
      and(filter.language(), "p.language = :language", "language", language -> language);
      if (filter.between() != null) {
        sql.append(" and ").append(between(filter.between()));
      }
      if (filter.reminded() != null) {
        sql.append(" and ").append(reminded(filter.reminded()));
        params.put("remindedSince", Timestamp.from(now.minus(Duration.ofDays(7))));
      }
      if (filter.inactiveDays() != null) {
        sql.append(
            """
             and p.stage = 'LEARNING'
             and not exists (select from enrollment e
                              where e.participant_id = p.id and e.last_activity_at >= :activeSince)
             and exists (select from enrollment e
                          where e.participant_id = p.id and not e.completed and not e.removed)
            """);
        params.put(
            "activeSince", Timestamp.from(now.minus(Duration.ofDays(filter.inactiveDays()))));
      }
    }

    private <T> void and(T value, String condition, String name, Function<T, Object> parameter) {
      if (value != null) {
        sql.append(" and ").append(condition);
        params.put(name, parameter.apply(value));
      }
    }

    private void words(String query) {
      if (query == null || query.isBlank()) {
        return;
      }
      int n = 0;
      for (String word : query.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
        String name = "word" + n++;
        sql.append(
            """
             and p.id in (
               select id from participant
                where lower(first_name || ' ' || last_name || ' ' || case_number || ' ' || coalesce(osos_id, ''))
                      like :word
                union all
               select participant_id from participant_email where email like :word)
            """
                .replace("word", name));
        params.put(name, "%" + word.replaceAll("([\\\\%_])", "\\\\$1") + "%");
      }
    }

    private static String between(Between between) {
      return switch (between) {
        case INVITED_NOT_JOINED ->
            "p.invited_on is not null and p.joined_at is null and p.stage = 'INVITED'";
        case JOINED_NOT_ENROLLED ->
            "p.joined_at is not null and not exists"
                + " (select from enrollment e where e.participant_id = p.id)";
        case ENROLLED_NOT_COMPLETED ->
            "exists (select from enrollment e where e.participant_id = p.id) and not exists"
                + " (select from enrollment e where e.participant_id = p.id and e.completed)";
      };
    }

    private static String reminded(Reminded reminded) {
      return switch (reminded) {
        case NEVER -> "not exists " + reminder("state = 'ACCEPTED'");
        case LAST_7_DAYS ->
            "exists " + reminder("state = 'ACCEPTED' and m.state_at >= :remindedSince");
        case WAITING -> "exists " + reminder("state in ('QUEUED', 'CLAIMED')");
        case STOPPED -> "p.mails_stopped_at is not null";
      };
    }

    private static String reminder(String state) {
      return "(select from message m where m.participant_id = p.id and m.reminder and m."
          + state
          + ")";
    }
  }

  private static Row row(ResultSet row, int n) throws SQLException {
    return new Row(
        row.getLong("id"),
        row.getString("case_number"),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("email"),
        row.getString("phone"),
        row.getString("board_id"),
        Stage.valueOf(row.getString("stage")),
        row.getString("eligibility_result"),
        row.getString("language"),
        row.getString("osos_id"),
        Accountability.valueOf(row.getString("accountability")),
        instant(row, "opened_at"),
        row.getObject("invited_on", LocalDate.class),
        instant(row, "joined_at"),
        row.getString("closed_reason"),
        row.getTimestamp("mails_stopped_at") != null,
        row.getInt("enrolled"),
        row.getInt("completed"),
        row.getObject("progress") == null ? null : row.getInt("progress"),
        instant(row, "last_activity_at"),
        instant(row, "last_mail_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }
}
