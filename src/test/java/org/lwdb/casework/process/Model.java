package org.lwdb.casework.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/** A BPMN file of {@code processes/}, as it stands there. */
record Model(String name, BpmnModelInstance bpmn) {

  static List<Model> all() {
    return files("processes", ".bpmn").stream()
        .map(
            name ->
                new Model(
                    name, Bpmn.readModelFromFile(Path.of("processes", name + ".bpmn").toFile())))
        .toList();
  }

  /** The names of a folder's files, without their ending. */
  static Set<String> files(String folder, String ending) {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(ending))
          .map(file -> file.substring(0, file.length() - ending.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Process process() {
    return elements(Process.class).iterator().next();
  }

  <T extends ModelElementInstance> Collection<T> elements(Class<T> type) {
    return bpmn.getModelElementsByType(type);
  }

  <T extends ModelElementInstance> Set<String> each(Class<T> type, Function<T, String> what) {
    return elements(type).stream()
        .map(what)
        .filter(value -> value != null)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every expression of the file, wherever it stands. */
  List<Expression> expressions() {
    List<Expression> found = new ArrayList<>();
    collect((Document) bpmn.getDocument().getDomSource().getNode(), found);
    return found;
  }

  private static void collect(Node node, List<Expression> found) {
    String value = node.getNodeValue();
    if (value != null && (value.contains("${") || value.contains("#{"))) {
      found.add(new Expression(value.strip()));
    }
    for (int i = 0; node.getAttributes() != null && i < node.getAttributes().getLength(); i++) {
      collect(node.getAttributes().item(i), found);
    }
    // The text of an attribute is its child as well as its value.
    for (Node child = node.getFirstChild();
        child != null && node.getNodeType() != Node.ATTRIBUTE_NODE;
        child = child.getNextSibling()) {
      collect(child, found);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
