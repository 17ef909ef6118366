package org.lwdb.casework;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/**
 * The clock of the embedded default: it stands in the past while the demo data is made, then shows
 * the real time.
 */
class DemoClock extends Clock {

  private volatile Instant past;

  void standAt(Instant instant) {
    past = instant;
    ClockUtil.setCurrentTime(Date.from(instant));
  }

  void goOn() {
    past = null;
    ClockUtil.reset();
  }

  @Override
  public Instant instant() {
    Instant standing = past;
    return standing == null ? Clock.systemUTC().instant() : standing;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
