package org.lwdb.casework.participant;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Invented people, each with an address of their own, as JSON would name their values. */
final class People {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private People() {}

  /** Somebody of Onondaga, with these values besides, or instead. */
  static Map<String, Object> person(Object... values) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put("board", "onondaga");
    person.put("firstName", "Ada");
    person.put("lastName", "Example");
    person.put("email", "ada.p" + COUNT.incrementAndGet() + "@example.org");
    person.putAll(map(values));
    return person;
  }

  /** The file of a case that is opened for this person. */
  static Participant open(Intake intake, Participants participants, Map<String, Object> person) {
    return participants.get(intake.openCase(intake.receive(intake.read(person), "API")));
  }

  static Map<String, Object> map(Object... values) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      map.put((String) values[i], values[i + 1]);
    }
    return map;
  }
}
