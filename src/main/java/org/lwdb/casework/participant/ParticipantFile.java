package org.lwdb.casework.participant;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.lwdb.casework.BadInput;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Corrections of a participant's contact data and answers. */
@Service
@Transactional
public class ParticipantFile {

  /** The contact data that eligibility depends on. */
  private static final Set<String> DECIDES_ELIGIBILITY = Set.of("dateOfBirth", "county");

  /**
   * The new values by their names in JSON; what is left out stays, what is null is emptied. The
   * answers stand beside the contact data.
   */
  public record Changes(Map<String, Object> values) {

    /** Reads a correction: contact data, and answers within {@code eligibility} or beside it. */
    public static Changes of(Map<String, Object> json) {
      new BadInput.Collector()
          .addIf(
              json.containsKey("board"),
              "board",
              "A case changes its board only by a move: close it with MOVED and the new board.")
          .addIf(
              json.containsKey("enrollingServices"),
              "enrollingServices",
              "Record services one by one with the action enrolling-services.")
          .throwIfAny();
      return new Changes(ReferralFields.flat(json));
    }
  }

  /**
   * What a correction has changed.
   *
   * @param answersChanged anything that eligibility is decided from: answers, birth date, county
   */
  public record Outcome(boolean answersChanged, boolean emailChanged) {}

  private final ReferralRules rules;
  private final Participants participants;
  private final Timeline timeline;
  private final ObjectMapper json;

  ParticipantFile(
      ReferralRules rules, Participants participants, Timeline timeline, ObjectMapper json) {
    this.rules = rules;
    this.participants = participants;
    this.timeline = timeline;
    this.json = json;
  }

  /**
   * Applies a correction, checked like a referral on what results. A new address is added to those
   * that the participant is known by.
   */
  public Outcome apply(long participantId, Changes changes) {
    Participant participant = participants.lock(participantId);
    Map<String, Object> before = ReferralFields.of(participant.asReferral(), json);
    Map<String, Object> merged = new LinkedHashMap<>(before);
    merged.putAll(changes.values());
    Referral corrected = rules.read(merged);
    Map<String, Object> after = ReferralFields.of(corrected, json);
    List<String> changed =
        after.keySet().stream()
            .filter(name -> !Objects.equals(before.get(name), after.get(name)))
            .toList();
    if (changed.isEmpty()) {
      return new Outcome(false, false);
    }
    participants.update(participantId, corrected);
    participants.addEmail(participantId, corrected.email(), "CORRECTION");
    Map<Boolean, List<String>> answersOrContact =
        changed.stream().collect(Collectors.partitioningBy(ReferralFields.ANSWERS::contains));
    tell(
        participantId,
        Timeline.Subject.CONTACT,
        "Contact data corrected",
        answersOrContact.get(false),
        before,
        after);
    tell(
        participantId,
        Timeline.Subject.ELIGIBILITY,
        "Eligibility answers changed",
        answersOrContact.get(true),
        before,
        after);
    return new Outcome(
        changed.stream()
            .anyMatch(
                name ->
                    ReferralFields.ANSWERS.contains(name) || DECIDES_ELIGIBILITY.contains(name)),
        !participant.email().equalsIgnoreCase(corrected.email()));
  }

  /**
   * The participant is known by one more address, and whatever waits for it is the participant's.
   *
   * @param source where it is known from: STAFF, COURSERA
   */
  public void alsoKnownAs(long participantId, String email, String source) {
    if (participants.addEmail(participantId, email, source)) {
      timeline.add(participantId, Timeline.Subject.CONTACT, "Also known by an address", email);
    }
  }

  private void tell(
      long participantId,
      Timeline.Subject subject,
      String what,
      List<String> names,
      Map<String, Object> before,
      Map<String, Object> after) {
    if (!names.isEmpty()) {
      String detail =
          names.stream()
              .map(name -> ReferralFields.change(name, before.get(name), after.get(name)))
              .collect(Collectors.joining("; "));
      timeline.add(participantId, subject, what, detail);
    }
  }
}
