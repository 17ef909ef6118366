package org.lwdb.casework.process;

import java.util.AbstractMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.BeanFactory;

/** The beans that expressions of the models may name: these, and no others of the application. */
final class ExposedBeans extends AbstractMap<Object, Object> {

  static final Set<String> NAMES =
      Set.of(
          "intake",
          "participants",
          "cases",
          "letters",
          "services",
          "screening",
          "reminders",
          "deadlines",
          "invitations",
          "courseraApi",
          "ososEntries",
          "caseFile",
          "administratorChange");

  private final BeanFactory beans;

  ExposedBeans(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public Object get(Object name) {
    return containsKey(name) ? beans.getBean((String) name) : null;
  }

  @Override
  public boolean containsKey(Object name) {
    return name instanceof String && NAMES.contains(name);
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    return NAMES.stream()
        .map(name -> new SimpleImmutableEntry<Object, Object>(name, beans.getBean(name)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
