package org.lwdb.casework.process;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.engine.variable.context.VariableContext;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * FEEL as far as our tables go: a fact, a text, a list of values, a comparison. The engine's own
 * FEEL parses each cell anew and builds its library of functions for it, which was most of the work
 * of opening a case; whatever is more than this it still gets.
 */
final class PlainFeel implements FeelEngine {

  private static final String FACT = "facts\\.(?<fact>\\w+)";
  private static final String TEXT = "\"[^\"\\\\]*\"";
  private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
  private static final String VALUE = "(?:" + TEXT + "|" + NUMBER + "|true|false|null)";
  private static final String VALUES = VALUE + "(?:\\s*,\\s*" + VALUE + ")*";

  private static final Pattern ONE_FACT = Pattern.compile(FACT);
  private static final Pattern ONE_TEXT = Pattern.compile(TEXT);
  private static final Pattern ONE_VALUE = Pattern.compile(VALUE);
  private static final Pattern AMONG = Pattern.compile("(?<values>" + VALUES + ")");
  private static final Pattern NOT_AMONG =
      Pattern.compile("not\\((?<values>" + TEXT + "(?:\\s*,\\s*" + TEXT + ")*)\\)");
  private static final Pattern COMPARISON =
      Pattern.compile("(?<than><=|>=|<|>)\\s*(?:(?<number>" + NUMBER + ")|" + FACT + ")");

  private final FeelEngine feel;

  PlainFeel(FeelEngine feel) {
    this.feel = feel;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> T evaluateSimpleExpression(String expression, VariableContext variables) {
    Matcher fact = ONE_FACT.matcher(expression);
    if (fact.matches() && value(variables, "facts") instanceof Map<?, ?> facts) {
      return (T) facts.get(fact.group("fact"));
    }
    return ONE_TEXT.matcher(expression).matches()
        ? (T) literal(expression)
        : feel.evaluateSimpleExpression(expression, variables);
  }

  @Override
  public boolean evaluateSimpleUnaryTests(String cell, String column, VariableContext variables) {
    Object value = value(variables, column);
    Matcher among = AMONG.matcher(cell);
    if (among.matches()) {
      return isAmong(value, among);
    }
    Matcher notAmong = NOT_AMONG.matcher(cell);
    if (notAmong.matches() && (value == null || value instanceof String)) {
      return !isAmong(value, notAmong);
    }
    Matcher comparison = COMPARISON.matcher(cell);
    if (value instanceof Number number
        && comparison.matches()
        && bound(comparison, variables) instanceof Number bound) {
      int order = decimal(number).compareTo(decimal(bound));
      return switch (comparison.group("than")) {
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        default -> order >= 0;
      };
    }
    return feel.evaluateSimpleUnaryTests(cell, column, variables);
  }

  private static boolean isAmong(Object value, Matcher list) {
    return ONE_VALUE
        .matcher(list.group("values"))
        .results()
        .anyMatch(one -> same(value, literal(one.group())));
  }

  private static boolean same(Object value, Object literal) {
    return value instanceof Number number && literal instanceof Number other
        ? decimal(number).compareTo(decimal(other)) == 0
        : Objects.equals(value, literal);
  }

  private static Object bound(Matcher comparison, VariableContext variables) {
    return comparison.group("number") != null
        ? literal(comparison.group("number"))
        : value(variables, "facts") instanceof Map<?, ?> facts
            ? facts.get(comparison.group("fact"))
            : null;
  }

  private static Object literal(String text) {
    return switch (text) {
      case "null" -> null;
      case "true", "false" -> Boolean.valueOf(text);
      default ->
          text.startsWith("\"") ? text.substring(1, text.length() - 1) : new BigDecimal(text);
    };
  }

  private static BigDecimal decimal(Number number) {
    return new BigDecimal(number.toString());
  }

  private static Object value(VariableContext variables, String name) {
    TypedValue typed = variables.resolve(name);
    return typed == null ? null : typed.getValue();
  }
}
