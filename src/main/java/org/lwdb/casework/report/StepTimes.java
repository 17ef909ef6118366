package org.lwdb.casework.report;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.lwdb.casework.participant.ClosedReason;
import org.lwdb.casework.participant.Stage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How long cases stay at each step of the journey, and where they end: from the timeline, which
 * outlives the engine's history. A case that comes to a step twice has stayed there twice.
 */
@Repository
public class StepTimes {

  /**
   * One step. Days are days of 24 hours, with one decimal, and null where no stay is over yet.
   *
   * @param left how many stays are over
   * @param medianDays half of these stays were shorter
   * @param ninetiethDays nine of ten were shorter
   * @param stillThere how many cases are at the step now
   */
  public record Step(
      Stage stage,
      String label,
      long left,
      Double medianDays,
      Double ninetiethDays,
      long stillThere) {}

  /** How many cases were closed for a reason. */
  public record Ending(ClosedReason reason, String label, long cases) {}

  private record Stays(String step, long stays, Double median, Double ninetieth) {}

  private final JdbcClient jdbc;
  private final Caseload caseload;

  StepTimes(JdbcClient jdbc, Caseload caseload) {
    this.jdbc = jdbc;
    this.caseload = caseload;
  }

  /**
   * Every step before the closing, in the order of the journey. A step is known by its label, as
   * the timeline has it: whoever changes the label of a stage changes the entries, too.
   */
  public List<Step> steps(Set<String> boards) {
    Map<String, Stays> stays =
        stays(boards).stream().collect(Collectors.toMap(Stays::step, Function.identity()));
    return caseload.byStage(boards).stream()
        .filter(now -> now.stage() != Stage.CLOSED)
        .map(
            now -> {
              Stays over = stays.getOrDefault(now.label(), new Stays(now.label(), 0, null, null));
              return new Step(
                  now.stage(),
                  now.label(),
                  over.stays(),
                  over.median(),
                  over.ninetieth(),
                  now.cases());
            })
        .toList();
  }

  /** The reasons for which cases were closed, the most frequent first. */
  public List<Ending> endings(Set<String> boards) {
    return jdbc.sql(
            """
            select closed_reason, count(*) as cases from participant
             where board_id = any(?) and stage = 'CLOSED'
             group by closed_reason order by cases desc, closed_reason
            """)
        .param(boards.toArray(String[]::new))
        .query(
            (row, n) -> {
              ClosedReason reason = ClosedReason.valueOf(row.getString("closed_reason"));
              return new Ending(reason, reason.label(), row.getLong("cases"));
            })
        .list();
  }

  /** Each change of stage, and the closing, ends a stay that began with the change before. */
  private List<Stays> stays(Set<String> boards) {
    return jdbc.sql(
            """
            with moved as (
              select t.participant_id, t.id, t.at, t.detail, p.opened_at
                from participant p join timeline_entry t on t.participant_id = p.id
               where p.board_id = any(:boards) and t.subject in ('STAGE', 'CLOSED')),
            stay as (
              select coalesce(split_part(lag(detail) over story, ' → ', 2), :first) as step,
                     extract(epoch from at - coalesce(lag(at) over story, opened_at)) / 86400
                       as days
                from moved window story as (partition by participant_id order by id))
            select step, count(*) as stays,
                   round(cast(percentile_cont(0.5) within group (order by days) as numeric), 1)
                     as median,
                   round(cast(percentile_cont(0.9) within group (order by days) as numeric), 1)
                     as ninetieth
              from stay group by step
            """)
        .param("boards", boards.toArray(String[]::new))
        .param("first", Stage.REFERRED.label())
        .query(Stays.class)
        .list();
  }
}
