package org.lwdb.casework.process;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.process.ParticipantJourney.Timers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What the processes of the boards wait for with a date: counted in the engine's own tables, since
 * its queries would fetch each task and each timer. The engine keeps times there in the zone of the
 * JVM.
 */
@Repository
public class ComingUp {

  private static final int DAYS = 7;

  /**
   * Open tasks of a kind whose due date has passed.
   *
   * @param task the id in the model
   * @param dueSince the due date of the oldest
   */
  public record OverdueTasks(String task, String name, long tasks, LocalDate dueSince) {}

  /**
   * The timers of a day, after which a reminder may go out: what the case looks like then decides.
   *
   * @param outreach follow-ups to people who have not answered
   * @param enrollment reminders to enroll
   * @param learning looks at a learner's progress
   */
  public record Reminders(LocalDate on, long outreach, long enrollment, long learning) {}

  private record AtTimer(String timer, int day, long timers) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  ComingUp(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The most frequent first. */
  public List<OverdueTasks> overdueTasks(Set<String> boards) {
    return jdbc.sql(
            """
            select task_def_key_, min(name_) as name, count(*) as tasks, min(due_date_) as due_since
              from act_ru_task
             where tenant_id_ = any(:boards) and due_date_ < :now and suspension_state_ = 1
             group by task_def_key_ order by tasks desc, name
            """)
        .param("boards", boards.toArray(String[]::new))
        .param("now", Timestamp.from(clock.instant()))
        .query(
            (row, n) ->
                new OverdueTasks(
                    row.getString("task_def_key_"),
                    row.getString("name"),
                    row.getLong("tasks"),
                    NewYork.dateOf(row.getTimestamp("due_since").toInstant())))
        .list();
  }

  /** Each of the next seven days, beginning with today; what is late already counts for today. */
  public List<Reminders> reminders(Set<String> boards) {
    LocalDate today = NewYork.today(clock);
    List<AtTimer> timers =
        jdbc.sql(
                """
                select d.act_id_ as timer, count(*) as timers,
                       greatest(width_bucket(j.duedate_, cast(:days as timestamp[])), 1) - 1 as day
                  from act_ru_job j join act_ru_jobdef d on d.id_ = j.job_def_id_
                 where j.tenant_id_ = any(:boards) and j.duedate_ < :end
                   and j.retries_ > 0 and j.suspension_state_ = 1
                   and d.proc_def_key_ = :journey and d.act_id_ = any(:timers)
                 group by timer, day
                """)
            .param("days", midnights(today))
            .param("boards", boards.toArray(String[]::new))
            .param("end", midnight(today.plusDays(DAYS)))
            .param("journey", ParticipantJourney.KEY)
            .param(
                "timers",
                new String[] {
                  Timers.NEXT_OUTREACH_DUE, Timers.NEXT_REMINDER_TO_ENROLL_DUE, Timers.NEXT_LOOK_DUE
                })
            .query(AtTimer.class)
            .list();
    return IntStream.range(0, DAYS)
        .mapToObj(
            day ->
                new Reminders(
                    today.plusDays(day),
                    count(timers, Timers.NEXT_OUTREACH_DUE, day),
                    count(timers, Timers.NEXT_REMINDER_TO_ENROLL_DUE, day),
                    count(timers, Timers.NEXT_LOOK_DUE, day)))
        .toList();
  }

  private static long count(List<AtTimer> timers, String timer, int day) {
    return timers.stream()
        .filter(one -> one.timer().equals(timer) && one.day() == day)
        .mapToLong(AtTimer::timers)
        .sum();
  }

  /** New York's midnights, as the engine would write them. */
  private static String[] midnights(LocalDate from) {
    return IntStream.range(0, DAYS)
        .mapToObj(day -> midnight(from.plusDays(day)).toString())
        .toArray(String[]::new);
  }

  private static Timestamp midnight(LocalDate day) {
    return Timestamp.from(day.atStartOfDay(NewYork.ZONE).toInstant());
  }
}
