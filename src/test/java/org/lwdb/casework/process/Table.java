package org.lwdb.casework.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;

/** A decision table of {@code processes/}, asked without the process engine. */
class Table {

  private final Path file;
  private final Set<String> passed = new HashSet<>();
  private final DmnEngine engine;
  private final DmnDecision decision;

  Table(String name) {
    file = Path.of("processes", name + ".dmn");
    DmnEngineConfiguration configuration =
        DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
    configuration
        .getCustomPostDecisionTableEvaluationListeners()
        .add(event -> event.getMatchingRules().forEach(rule -> passed.add(rule.getId())));
    engine = configuration.buildEngine();
    try (InputStream table = Files.newInputStream(file)) {
      decision = engine.parseDecision(name, table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The outputs of the rules that match, in the order of the table. */
  List<Map<String, Object>> ask(Map<String, Object> facts) {
    return engine
        .evaluateDecisionTable(decision, Variables.putValue("facts", facts))
        .getResultList();
  }

  Set<String> rules() {
    return Dmn.readModelFromFile(file.toFile()).getModelElementsByType(Rule.class).stream()
        .map(Rule::getId)
        .collect(Collectors.toSet());
  }

  /** The rules that have matched in any question so far. */
  Set<String> passed() {
    return passed;
  }

  /** A copy of the facts with some of them changed: name, value, name, value. */
  static Map<String, Object> with(Map<String, Object> facts, Object... changes) {
    Map<String, Object> changed = new HashMap<>(facts);
    for (int i = 0; i < changes.length; i += 2) {
      if (!facts.containsKey((String) changes[i])) {
        throw new IllegalArgumentException("There is no fact " + changes[i]);
      }
      changed.put((String) changes[i], changes[i + 1]);
    }
    return changed;
  }
}
