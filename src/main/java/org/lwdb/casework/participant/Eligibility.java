package org.lwdb.casework.participant;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.NewYork;
import org.lwdb.casework.localarea.Boards;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the eligibility table is asked, and what became of its answer. */
@Service("eligibility")
@Transactional
public class Eligibility {

  private static final Set<String> DECISIONS = Set.of("ELIGIBLE", "NOT_ELIGIBLE");

  private final JdbcClient jdbc;
  private final Clock clock;
  private final CaseworkSettings settings;
  private final Boards boards;
  private final Participants participants;
  private final Timeline timeline;

  Eligibility(
      JdbcClient jdbc,
      Clock clock,
      CaseworkSettings settings,
      Boards boards,
      Participants participants,
      Timeline timeline) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.settings = settings;
    this.boards = boards;
    this.participants = participants;
    this.timeline = timeline;
  }

  /**
   * What the table is asked about a participant today. Every key is there; null means unknown or
   * not answered. A county that two boards share counts as inside of both.
   */
  public Map<String, Object> facts(long participantId) {
    Participant participant = participants.get(participantId);
    EligibilityAnswers answers = participant.eligibility();
    LocalDate today = NewYork.today(clock);
    Map<String, Object> facts = new HashMap<>();
    facts.put("age", age(participant.dateOfBirth(), today));
    facts.put("inBoardArea", inBoardArea(participant));
    facts.put("partnershipOpen", settings.partnership().covers(today));
    facts.put("longTermUnemployedWeeks", settings.eligibility().longTermUnemployedWeeks());
    facts.put("employmentStatus", name(answers.employmentStatus()));
    facts.put("separationReason", name(answers.separationReason()));
    facts.put("uiStatus", name(answers.uiStatus()));
    facts.put("likelyToReturn", answers.likelyToReturn());
    facts.put("businessLossCause", name(answers.businessLossCause()));
    facts.put("displacedHomemaker", answers.displacedHomemaker());
    facts.put("militarySpouse", answers.militarySpouse());
    facts.put("covidReason", name(answers.covidReason()));
    facts.put("weeksUnemployed", answers.weeksUnemployed());
    return facts;
  }

  /**
   * Stores what the table found: the result of the first match, with its basis and those of the
   * matches right after it that have the same result. What matches after another result does not
   * hold: "no link" of somebody under age, who is linked to COVID-19. It takes the place of an
   * earlier decision by a person.
   *
   * @param matches in the table's order, each with {@code result} and {@code basis} (or null)
   * @return the result
   */
  public String record(long participantId, List<Map<String, Object>> matches, int tableVersion) {
    Object first = matches.get(0).get("result");
    EligibilityResult result = EligibilityResult.valueOf((String) first);
    List<String> bases =
        matches.stream()
            .takeWhile(match -> first.equals(match.get("result")))
            .map(match -> (String) match.get("basis"))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    EligibilityResult before =
        jdbc.sql(
                """
                update participant p
                   set eligibility_result = ?, eligibility_bases = ?, eligibility_version = ?,
                       eligibility_at = ?, override_reason = null, override_by = null
                  from (select id, eligibility_result from participant
                         where id = ? for no key update) before
                 where p.id = before.id
                returning before.eligibility_result
                """)
            .params(
                result.name(),
                bases.toArray(String[]::new),
                tableVersion,
                Timestamp.from(clock.instant()),
                participantId)
            .query(
                (row, n) -> Optional.ofNullable(row.getString(1)).map(EligibilityResult::valueOf))
            .single()
            .orElse(null);
    timeline.add(
        participantId,
        Timeline.Subject.ELIGIBILITY,
        "Eligibility assessed",
        change(before, result)
            + (bases.isEmpty() ? "" : ": " + String.join(", ", bases))
            + " (table version "
            + tableVersion
            + ")");
    return result.name();
  }

  /**
   * Stores a person's decision. What the table had found stays beside it.
   *
   * @param result ELIGIBLE or NOT_ELIGIBLE
   * @param reason required
   */
  public void decide(long participantId, String result, String reason) {
    String why = Text.note("reason", reason);
    new BadInput.Collector()
        .addIf(
            !DECISIONS.contains(String.valueOf(result)),
            "result",
            "Decide on ELIGIBLE or NOT_ELIGIBLE.")
        .addIf(why == null, "reason", "Say why: the reason is kept with the decision.")
        .throwIfAny();
    EligibilityResult decided = EligibilityResult.valueOf(result);
    EligibilityResult before = participants.lock(participantId).eligibilityResult();
    jdbc.sql(
            """
            update participant set eligibility_result = ?, eligibility_at = ?, override_reason = ?,
              override_by = ?
             where id = ?
            """)
        .params(
            decided.name(), Timestamp.from(clock.instant()), why, CurrentUser.name(), participantId)
        .update();
    timeline.add(
        participantId,
        Timeline.Subject.ELIGIBILITY,
        "Eligibility decided by a person",
        change(before, decided) + ": " + why);
  }

  private Boolean inBoardArea(Participant participant) {
    return participant.county() == null
        ? null
        : boards.require(participant.board()).counties().contains(participant.county());
  }

  private static Integer age(LocalDate dateOfBirth, LocalDate today) {
    return dateOfBirth == null ? null : Period.between(dateOfBirth, today).getYears();
  }

  private static String change(EligibilityResult before, EligibilityResult after) {
    return before == null ? after.name() : before + " → " + after;
  }

  private static String name(Enum<?> value) {
    return value == null ? null : value.name();
  }
}
