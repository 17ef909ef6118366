package org.lwdb.casework.participant;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NewYork;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The services that a participant has received, and what they make of the person's status
 * (advisory, Additional information).
 */
@Service("services")
@Transactional
public class Services {

  private final JdbcClient jdbc;
  private final Clock clock;
  private final ReferralRules rules;
  private final Participants participants;
  private final Timeline timeline;

  Services(
      JdbcClient jdbc,
      Clock clock,
      ReferralRules rules,
      Participants participants,
      Timeline timeline) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.rules = rules;
    this.participants = participants;
    this.timeline = timeline;
  }

  /**
   * Records a service, once for a day. An enrolling one makes the person a WIOA participant since
   * the earliest such service; any other changes nothing.
   *
   * @return whether the service is an enrolling one
   */
  public boolean record(long participantId, ServiceReceived service) {
    rules.check(service);
    WioaService kind = Choice.of(WioaService.class, "service", service.service());
    Participant before = participants.lock(participantId);
    int recorded =
        jdbc.sql(
                """
                insert into service_received
                  (participant_id, service, received_on, enrolling, recorded_by, recorded_at)
                select :id, :service, :on, :enrolling, :by, :at
                 where not exists (select 1 from service_received
                   where participant_id = :id and service = :service and received_on = :on)
                """)
            .param("id", participantId)
            .param("service", kind.name())
            .param("on", service.on())
            .param("enrolling", kind.enrolling())
            .param("by", CurrentUser.name())
            .param("at", Timestamp.from(clock.instant()))
            .update();
    if (recorded == 0) {
      return kind.enrolling();
    }
    timeline.add(
        participantId,
        Timeline.Subject.SERVICE,
        "Service recorded",
        kind.label() + " on " + NewYork.format(service.on()));
    if (kind.enrolling()) {
      enroll(before, service.on());
    }
    return kind.enrolling();
  }

  private void enroll(Participant before, LocalDate on) {
    boolean already = before.accountability() == Accountability.WIOA_PARTICIPANT;
    if (already && !on.isBefore(before.accountabilitySince())) {
      return;
    }
    jdbc.sql(
            """
            update participant set accountability = 'WIOA_PARTICIPANT', accountability_since = ?
             where id = ?
            """)
        .params(on, before.id())
        .update();
    timeline.add(
        before.id(),
        Timeline.Subject.SERVICE,
        already ? "Enrolled in WIOA earlier than known" : "Enrolled in WIOA",
        already
            ? NewYork.format(before.accountabilitySince()) + " → " + NewYork.format(on)
            : "Reportable individual → WIOA participant since " + NewYork.format(on));
  }
}
