package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngineFactory;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.InputExpression;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in our tables means what FEEL says it means. */
class PlainFeelTest {

  private static final FeelEngine FEEL = new ScalaFeelEngineFactory().createInstance();
  private static final PlainFeel PLAIN = new PlainFeel(FEEL);

  @ParameterizedTest
  @ValueSource(strings = {"eligibility", "reminder"})
  void eachCellSaysWhatFeelSays(String table) {
    Set<String> cells = texts(table, InputEntry.class);
    assertThat(cells).hasSizeGreaterThan(5);
    for (String cell : cells) {
      for (Object value : values(cells)) {
        VariableContext variables = given(value, 27);
        assertThat(PLAIN.evaluateSimpleUnaryTests(cell, "column", variables))
            .as(cell + " of " + value)
            .isEqualTo(FEEL.evaluateSimpleUnaryTests(cell, "column", variables));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"eligibility", "reminder"})
  void eachColumnAndEachOutputSaysWhatFeelSays(String table) {
    List<String> expressions = new ArrayList<>(texts(table, InputExpression.class));
    expressions.addAll(texts(table, OutputEntry.class));
    for (String expression : expressions) {
      for (Object fact : Stream.of(true, "EMPLOYED", 80.5).toList()) {
        VariableContext variables = given(null, fact);
        Object feel = FEEL.evaluateSimpleExpression(expression, variables);
        Object plain = PLAIN.evaluateSimpleExpression(expression, variables);
        assertThat(plain).as(expression).isEqualTo(feel);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1..27]",
        "> 3, < 2",
        "not(\"A, B\", null)",
        "\"A, B\"",
        "< 26.9",
        "27.0",
        "-1",
        "<= facts.other"
      })
  void whatCouldStandInATableSaysWhatFeelSays(String cell) {
    for (Object value : Stream.of(27, 27.0, 1L, -1, 2.5, "A, B", "A", "", true).toList()) {
      VariableContext variables = given(value, 27);
      Object feel = answer(FEEL, cell, variables);
      assertThat(answer(PLAIN, cell, variables)).as(cell + " of " + value).isEqualTo(feel);
    }
  }

  private static Object answer(FeelEngine engine, String cell, VariableContext variables) {
    try {
      return engine.evaluateSimpleUnaryTests(cell, "column", variables);
    } catch (RuntimeException e) {
      return "refused";
    }
  }

  private static VariableContext given(Object column, Object everyFact) {
    Map<String, Object> facts = new HashMap<>();
    Stream.of("eligibility", "reminder")
        .flatMap(table -> texts(table, InputExpression.class).stream())
        .forEach(fact -> facts.put(fact.substring("facts.".length()), everyFact));
    Stream.of(
            "other",
            "longTermUnemployedWeeks",
            "remindAfterDays",
            "checkInAfterDays",
            "endAfterDays",
            "mostReminders")
        .forEach(fact -> facts.put(fact, everyFact));
    return Variables.putValue("facts", facts).putValue("column", column).asVariableContext();
  }

  /** Every value that stands in a cell, its neighbors, and none. */
  private static Set<Object> values(Set<String> cells) {
    Set<Object> values = new HashSet<>();
    values.add(null);
    values.addAll(List.of(true, false, "SOMETHING_ELSE"));
    values.addAll(List.of(0, 1, 17, 18, 19, 26, 27, 27.0, 26.999, 27.001, 79.9, 80, 80.0, 81L));
    for (String cell : cells) {
      for (String part : cell.split("\"")) {
        if (part.matches("[A-Z_]+")) {
          values.add(part);
        }
      }
    }
    return values;
  }

  private static Set<String> texts(
      String table, Class<? extends org.camunda.bpm.model.dmn.instance.DmnElement> of) {
    return Dmn.readModelFromFile(Path.of("processes", table + ".dmn").toFile())
        .getModelElementsByType(of)
        .stream()
        .map(element -> element.getUniqueChildElementByType(Text.class))
        .map(text -> ((Text) text).getTextContent())
        .filter(text -> !text.isBlank())
        .collect(Collectors.toSet());
  }
}
