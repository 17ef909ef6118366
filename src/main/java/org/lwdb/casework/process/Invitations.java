package org.lwdb.casework.process;

import java.time.Clock;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.learning.CourseraApi;
import org.lwdb.casework.participant.Cases;
import org.springframework.stereotype.Component;

/**
 * Invites through Coursera's API; an invitation that exists already counts as sent, so a retry does
 * no harm.
 */
@Component("invitations")
public class Invitations {

  private final CourseraApi coursera;
  private final Cases cases;
  private final Clock clock;

  Invitations(CourseraApi coursera, Cases cases, Clock clock) {
    this.coursera = coursera;
    this.cases = cases;
    this.clock = clock;
  }

  public void send(long participantId) {
    coursera.invite(participantId);
    cases.invited(participantId, NewYork.today(clock));
  }
}
