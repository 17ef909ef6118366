package org.lwdb.casework;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** A clock that stands still until a test moves it; the engine's clock follows. */
public class MovableClock extends Clock {

  /** Monday, 2021-02-01, 10:00 in New York: inside the partnership, outside the quiet hours. */
  public static final Instant START =
      LocalDate.of(2021, 2, 1).atTime(10, 0).atZone(NewYork.ZONE).toInstant();

  private volatile Instant now = START;

  public void set(Instant instant) {
    now = instant;
    ClockUtil.setCurrentTime(Date.from(now));
  }

  public void advance(TemporalAmount amount) {
    set(now.atZone(NewYork.ZONE).plus(amount).toInstant());
  }

  public void reset() {
    set(START);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
