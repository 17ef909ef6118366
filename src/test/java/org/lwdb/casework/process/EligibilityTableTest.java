package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attachment B: who is eligible, who is not, who is looked at, and of whom more must be known. */
class EligibilityTableTest {

  private static final Table TABLE = new Table(Screening.TABLE);

  /** Somebody who answered everything, and has no claim to anything. */
  private static final Map<String, Object> NO_CLAIM = new HashMap<>();

  /** Somebody of whom nothing is known. */
  private static final Map<String, Object> UNKNOWN = new HashMap<>();

  static {
    NO_CLAIM.put("partnershipOpen", true);
    NO_CLAIM.put("longTermUnemployedWeeks", 27);
    NO_CLAIM.put("age", 40);
    NO_CLAIM.put("inBoardArea", true);
    NO_CLAIM.put("employmentStatus", "UNEMPLOYED");
    NO_CLAIM.put("separationReason", "QUIT");
    NO_CLAIM.put("uiStatus", "NOT_ENTITLED");
    NO_CLAIM.put("likelyToReturn", false);
    NO_CLAIM.put("businessLossCause", null);
    NO_CLAIM.put("displacedHomemaker", false);
    NO_CLAIM.put("militarySpouse", false);
    NO_CLAIM.put("covidReason", "NONE");
    NO_CLAIM.put("weeksUnemployed", 4);
    NO_CLAIM.keySet().forEach(fact -> UNKNOWN.put(fact, null));
    UNKNOWN.put("partnershipOpen", true);
    UNKNOWN.put("longTermUnemployedWeeks", 27);
  }

  static Stream<Arguments> people() {
    return Stream.of(
        // 0 to 2: nobody outside the partnership, nobody under age, nobody of another area
        person("CLOSED", bases(), "partnershipOpen", false),
        person("CLOSED", bases(), "partnershipOpen", false, "age", 17, "covidReason", "LAID_OFF"),
        person("NOT_ELIGIBLE", bases("UNDER_18"), "age", 17, "covidReason", "LAID_OFF"),
        person("NOT_ELIGIBLE", bases("OTHER_AREA"), "inBoardArea", false, "militarySpouse", true),
        person("NOT_ELIGIBLE", bases("UNDER_18"), "age", 17, "covidReason", null),
        person(
            "NOT_ELIGIBLE",
            bases("UNDER_18", "OTHER_AREA", "NO_LINK"),
            "age",
            0,
            "inBoardArea",
            false),
        // 3: dislocated workers
        laidOff("ELIGIBLE", bases("DISLOCATED_WORKER_A"), "uiStatus", "ENTITLED"),
        laidOff("ELIGIBLE", bases("DISLOCATED_WORKER_A"), "uiStatus", "EXHAUSTED"),
        laidOff("ELIGIBLE", bases("DISLOCATED_WORKER_A"), "uiStatus", "NOT_ENTITLED_ATTACHED"),
        laidOff(
            "ELIGIBLE",
            bases("DISLOCATED_WORKER_A"),
            "separationReason",
            "FURLOUGH",
            "uiStatus",
            "ENTITLED"),
        laidOff("NOT_ELIGIBLE", bases("NO_LINK"), "uiStatus", "NOT_ENTITLED"),
        laidOff("NOT_ELIGIBLE", bases("NO_LINK"), "uiStatus", "ENTITLED", "likelyToReturn", true),
        underNotice("ELIGIBLE", bases("DISLOCATED_WORKER_A"), "uiStatus", "ENTITLED"),
        person("ELIGIBLE", bases("DISLOCATED_WORKER_B"), "separationReason", "CLOSURE"),
        person("ELIGIBLE", bases("DISLOCATED_WORKER_B"), "separationReason", "SUBSTANTIAL_LAYOFF"),
        businessEnded("ELIGIBLE", bases("DISLOCATED_WORKER_C"), "LOCAL_ECONOMY"),
        businessEnded("ELIGIBLE", bases("DISLOCATED_WORKER_C"), "NATURAL_DISASTER"),
        businessEnded("NOT_ELIGIBLE", bases("NO_LINK"), "OTHER"),
        person("ELIGIBLE", bases("DISLOCATED_WORKER_D"), "displacedHomemaker", true),
        person("ELIGIBLE", bases("DISLOCATED_WORKER_E"), "militarySpouse", true),
        // 4 to 6: whose unemployment is linked to COVID-19
        person("ELIGIBLE", bases("COVID_LAYOFF"), "covidReason", "LAID_OFF"),
        person("ELIGIBLE", bases("COVID_LAYOFF"), "covidReason", "FURLOUGHED"),
        person(
            "ELIGIBLE",
            bases("COVID_SELF_EMPLOYED"),
            "employmentStatus",
            "SELF_EMPLOYED",
            "covidReason",
            "SELF_EMPLOYED_LOSS"),
        businessEnded("ELIGIBLE", bases("COVID_SELF_EMPLOYED"), "COVID"),
        person("ELIGIBLE", bases("COVID_UNEMPLOYED"), "covidReason", "CAREGIVING"),
        person("ELIGIBLE", bases("COVID_UNEMPLOYED"), "covidReason", "ILLNESS"),
        person("ELIGIBLE", bases("COVID_UNEMPLOYED"), "covidReason", "OFFER_WITHDRAWN"),
        person("ELIGIBLE", bases("COVID_UNEMPLOYED"), "covidReason", "OTHER"),
        // Several reasons at once: each is kept
        laidOff(
            "ELIGIBLE",
            bases(
                "DISLOCATED_WORKER_A",
                "DISLOCATED_WORKER_D",
                "DISLOCATED_WORKER_E",
                "COVID_LAYOFF"),
            "uiStatus",
            "ENTITLED",
            "displacedHomemaker",
            true,
            "militarySpouse",
            true,
            "covidReason",
            "LAID_OFF"),
        // What is missing does not matter to whom something else makes eligible
        unknown("ELIGIBLE", bases("DISLOCATED_WORKER_E"), "militarySpouse", true),
        unknown("ELIGIBLE", bases("COVID_LAYOFF"), "covidReason", "LAID_OFF"),
        // 7: an answer that could still decide is missing
        unknown("PENDING", bases()),
        unknown("PENDING", bases(), "employmentStatus", "UNEMPLOYED"),
        unknown("PENDING", bases(), "employmentStatus", "EMPLOYED"),
        unknown("PENDING", bases(), "covidReason", "CAREGIVING"),
        person("PENDING", bases(), "employmentStatus", null),
        person("PENDING", bases(), "covidReason", null),
        person("PENDING", bases(), "separationReason", null),
        person("PENDING", bases(), "displacedHomemaker", null),
        person("PENDING", bases(), "militarySpouse", null),
        laidOff("PENDING", bases(), "uiStatus", null),
        laidOff("PENDING", bases(), "uiStatus", "UNKNOWN"),
        laidOff("PENDING", bases(), "uiStatus", "ENTITLED", "likelyToReturn", null),
        underNotice("PENDING", bases(), "uiStatus", null),
        underNotice("PENDING", bases(), "uiStatus", "ENTITLED", "likelyToReturn", null),
        businessEnded("PENDING", bases(), null),
        // Whoever is likely to return is no dislocated worker of category A, entitled or not
        laidOff("NOT_ELIGIBLE", bases("NO_LINK"), "uiStatus", null, "likelyToReturn", true),
        laidOff("NOT_ELIGIBLE", bases("NO_LINK"), "likelyToReturn", null),
        // Neither age nor county can still decide: nobody waits for them
        person("NOT_ELIGIBLE", bases("NO_LINK"), "age", null, "inBoardArea", null),
        // 8 and 9: staff look at it
        person("REVIEW", bases("LONG_TERM_UNEMPLOYED"), "weeksUnemployed", 27),
        person("REVIEW", bases("UNDEREMPLOYED"), "employmentStatus", "UNDEREMPLOYED"),
        person(
            "REVIEW",
            bases("UNDEREMPLOYED"),
            "employmentStatus",
            "UNDEREMPLOYED",
            "covidReason",
            "CAREGIVING"),
        person("REVIEW", bases("UNCLEAR"), "employmentStatus", "SELF_EMPLOYED"),
        underNotice("REVIEW", bases("UNCLEAR")),
        // 10: other services are offered
        person("NOT_ELIGIBLE", bases("NO_LINK")),
        person("NOT_ELIGIBLE", bases("NO_LINK"), "weeksUnemployed", null),
        person("NOT_ELIGIBLE", bases("EMPLOYED"), "employmentStatus", "EMPLOYED"),
        person(
            "NOT_ELIGIBLE",
            bases("EMPLOYED"),
            "employmentStatus",
            "EMPLOYED",
            "weeksUnemployed",
            52));
  }

  @ParameterizedTest
  @MethodSource("people")
  void decides(Map<String, Object> facts, String result, List<String> bases) {
    List<Map<String, Object>> matches = TABLE.ask(facts);

    assertThat(matches.get(0)).containsEntry("result", result);
    assertThat(matches.stream().takeWhile(match -> match.get("result").equals(result)))
        .extracting(match -> (String) match.get("basis"))
        .filteredOn(basis -> basis != null)
        .isEqualTo(bases);
  }

  @Test
  void everyRuleMatchesSomebody() {
    people().forEach(person -> TABLE.ask(facts(person)));
    assertThat(TABLE.passed()).isEqualTo(TABLE.rules());
  }

  @ParameterizedTest
  @ValueSource(ints = {18, 19, 64, 120})
  void everybodyFromEighteenYearsOn(int age) {
    assertThat(result("age", age, "covidReason", "LAID_OFF")).isEqualTo("ELIGIBLE");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17})
  void nobodyBelow(int age) {
    assertThat(result("age", age, "covidReason", "LAID_OFF")).isEqualTo("NOT_ELIGIBLE");
  }

  @Test
  void theSettingSaysFromWhichWeekOnUnemploymentIsLong() {
    assertThat(result("weeksUnemployed", 26)).isEqualTo("NOT_ELIGIBLE");
    assertThat(result("weeksUnemployed", 27)).isEqualTo("REVIEW");
    assertThat(result("weeksUnemployed", 10, "longTermUnemployedWeeks", 10)).isEqualTo("REVIEW");
    assertThat(result("weeksUnemployed", 27, "longTermUnemployedWeeks", 28))
        .isEqualTo("NOT_ELIGIBLE");
  }

  private static String result(Object... changes) {
    return (String) TABLE.ask(Table.with(NO_CLAIM, changes)).get(0).get("result");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> facts(Arguments person) {
    return (Map<String, Object>) person.get()[0];
  }

  private static List<String> bases(String... bases) {
    return List.of(bases);
  }

  private static Arguments person(String result, List<String> bases, Object... changes) {
    return arguments(Table.with(NO_CLAIM, changes), result, bases);
  }

  private static Arguments unknown(String result, List<String> bases, Object... changes) {
    return arguments(Table.with(UNKNOWN, changes), result, bases);
  }

  private static Arguments laidOff(String result, List<String> bases, Object... changes) {
    Map<String, Object> laidOff = Table.with(NO_CLAIM, "separationReason", "LAYOFF");
    return arguments(Table.with(laidOff, changes), result, bases);
  }

  private static Arguments underNotice(String result, List<String> bases, Object... changes) {
    Map<String, Object> underNotice =
        Table.with(NO_CLAIM, "employmentStatus", "UNDER_NOTICE", "separationReason", "NONE");
    return arguments(Table.with(underNotice, changes), result, bases);
  }

  private static Arguments businessEnded(String result, List<String> bases, String cause) {
    return person(result, bases, "separationReason", "BUSINESS_ENDED", "businessLossCause", cause);
  }
}
