package org.lwdb.casework.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.NotFound;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads whom a letter goes to, and what it says. */
@Repository
class Addressees {

  private static final String NO_PARTICIPANT = "There is no such participant.";

  private final JdbcClient jdbc;
  private final Clock clock;

  Addressees(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * @param enrollmentId the course that the letter speaks of, or null; another person's is ignored
   */
  Addressee load(long participantId, Long enrollmentId) {
    return jdbc.sql(
            """
            select p.*, b.lwdb_name,
                   case when p.closed_at is not null then coalesce(p.closed_reason, 'OTHER') end
                     as closed_because,
                   exists (select 1 from participant o where o.person_id = p.person_id
                           and o.mails_stopped_at is not null) as stopped,
                   exists (select 1 from suppressed_address s where s.email = lower(p.email)) as suppressed,
                   exists (select 1 from enrollment x where x.participant_id = p.id) as enrolled,
                   (select nb.lwdb_name from participant n join board nb on nb.id = n.board_id
                     where n.moved_from = p.id) as moved_to,
                   array(select ob.lwdb_name from board_county c join board ob on ob.id = c.board_id
                          where lower(c.county) = lower(p.county) and ob.id <> p.board_id
                          order by ob.lwdb_name) as right_boards,
                   a.name as contact_name, a.email as contact_email, a.phone as contact_phone,
                   e.id as enrollment_id, e.progress, e.last_activity_at, e.updated_at, e.completed, e.removed,
                   e.certificate_url, c.id as course_id, c.name as course_name, c.slug as course_slug,
                   c.kind as course_kind
              from participant p
              join board b on b.id = p.board_id
              left join lateral (
                   select name, email, phone from administrator
                    where board_id = p.board_id and starts_on <= :today and ended_at is null
                      and (ends_on is null or ends_on >= :today)
                    order by id limit 1) a on true
              left join enrollment e on e.id = :enrollment and e.participant_id in
                   (select o.id from participant o where o.person_id = p.person_id)
              left join course c on c.id = e.course_id
             where p.id = :participant
            """)
        .param("participant", participantId)
        .param("enrollment", enrollmentId)
        .param("today", NewYork.today(clock))
        .query(Addressees::addressee)
        .optional()
        .orElseThrow(() -> new NotFound(NO_PARTICIPANT));
  }

  /**
   * Whom a mail goes to that was queued some time ago: after a move to another board that is the
   * new case, unless the mail speaks of the old one.
   */
  Addressee of(Outbox.Row mail) {
    return load(
        mail.template().ofCase() ? mail.participantId() : currentCase(mail.personId()),
        mail.enrollmentId());
  }

  /**
   * The person's case of today: after a move to another board, or a merge, the one that goes on.
   */
  long currentCase(long personId) {
    return jdbc.sql("select id from current_case where person_id = ?")
        .param(personId)
        .query(Long.class)
        .single();
  }

  Correspondence correspondence(long participantId) {
    List<Correspondence.Letter> letters = new ArrayList<>();
    boolean mayWrite =
        jdbc
            .sql(
                """
                select not exists (select from participant o
                                    where o.person_id = p.person_id and o.mails_stopped_at is not null)
                       and not exists (select from suppressed_address s
                                        where s.email = lower(p.email)) as may_write,
                       m.template, m.reminder, m.queued_at,
                       coalesce(m.sending_at, greatest(m.queued_at, m.send_after)) as goes_out_at,
                       m.data @> '{"sentAgain": true}' as sent_again
                  from participant p
                  left join message m on m.person_id = p.person_id and m.state <> 'WITHDRAWN'
                 where p.id = ?
                """)
            .param(participantId)
            .query(
                (row, n) -> {
                  if (row.getString("template") != null) {
                    letters.add(
                        new Correspondence.Letter(
                            Template.valueOf(row.getString("template")),
                            row.getBoolean("reminder"),
                            Outbox.instant(row, "queued_at"),
                            Outbox.instant(row, "goes_out_at"),
                            row.getBoolean("sent_again")));
                  }
                  return row.getBoolean("may_write");
                })
            .list()
            .stream()
            .findFirst()
            .orElseThrow(() -> new NotFound(NO_PARTICIPANT));
    return new Correspondence(mayWrite, letters);
  }

  /** The course that a reminder speaks of: of those still to be finished, the latest active one. */
  Optional<Long> currentEnrollment(long participantId) {
    return jdbc.sql(
            """
            select id from enrollment
             where participant_id = ? and not completed and not removed
             order by coalesce(last_activity_at, enrolled_at) desc nulls last, id desc limit 1
            """)
        .param(participantId)
        .query(Long.class)
        .optional();
  }

  private static Addressee addressee(ResultSet row, int n) throws SQLException {
    return new Addressee(
        row.getLong("id"),
        row.getLong("person_id"),
        row.getString("board_id"),
        row.getString("lwdb_name"),
        row.getString("first_name"),
        row.getString("email"),
        row.getString("language"),
        row.getString("closed_because"),
        row.getString("eligibility_result"),
        texts(row, "eligibility_bases"),
        missing(row),
        texts(row, "right_boards"),
        row.getString("moved_to"),
        row.getString("outreach_answer"),
        row.getObject("invited_on", LocalDate.class),
        row.getTimestamp("joined_at") != null,
        row.getBoolean("enrolled"),
        row.getBoolean("stopped"),
        row.getBoolean("suppressed"),
        row.getString("contact_name") == null
            ? null
            : new Addressee.Contact(
                row.getString("contact_name"),
                row.getString("contact_email"),
                row.getString("contact_phone")),
        row.getString("course_id") == null ? null : course(row));
  }

  private static Addressee.Course course(ResultSet row) throws SQLException {
    Timestamp lastActivity = row.getTimestamp("last_activity_at");
    return new Addressee.Course(
        row.getLong("enrollment_id"),
        row.getString("course_id"),
        row.getString("course_name"),
        row.getString("course_slug"),
        row.getString("course_kind"),
        row.getBigDecimal("progress").intValue(),
        lastActivity == null ? null : lastActivity.toInstant(),
        row.getTimestamp("updated_at").toInstant(),
        row.getBoolean("completed"),
        row.getBoolean("removed"),
        row.getString("certificate_url"));
  }

  /** What the eligibility table still asks of somebody who is PENDING. */
  private static List<String> missing(ResultSet row) throws SQLException {
    List<String> missing = new ArrayList<>();
    if (!"PENDING".equals(row.getString("eligibility_result"))) {
      return missing;
    }
    String status = row.getString("employment_status");
    String reason = row.getString("separation_reason");
    boolean lostJob =
        status == null || status.equals("UNEMPLOYED") || status.equals("UNDER_NOTICE");
    ask(missing, row, "date_of_birth", true);
    ask(missing, row, "county", true);
    ask(missing, row, "employment_status", true);
    ask(missing, row, "separation_reason", lostJob);
    ask(missing, row, "ui_status", lostJob);
    ask(missing, row, "likely_to_return", lostJob);
    ask(missing, row, "covid_reason", true);
    ask(
        missing,
        row,
        "business_loss_cause",
        "SELF_EMPLOYED".equals(status) || "BUSINESS_ENDED".equals(reason));
    ask(missing, row, "displaced_homemaker", true);
    ask(missing, row, "military_spouse", true);
    ask(missing, row, "weeks_unemployed", "UNEMPLOYED".equals(status));
    return missing;
  }

  private static void ask(List<String> missing, ResultSet row, String column, boolean matters)
      throws SQLException {
    if (matters && row.getObject(column) == null) {
      missing.add("mail.missing." + column.replace('_', '-'));
    }
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
