package org.lwdb.casework.participant;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Compares what two files say of a person. */
@Component
public class SideBySide {

  /**
   * What both say of one thing, as people read it.
   *
   * @param field as in JSON
   * @param one null if nothing is said, as is other
   */
  public record Line(String field, String label, String one, String other) {

    public boolean differs() {
      return !Objects.equals(one, other);
    }
  }

  /** A case changes neither its board nor its services by what another says. */
  private static final List<String> NOT_COMPARED = List.of("board", "enrollingServices");

  private final ObjectMapper json;

  SideBySide(ObjectMapper json) {
    this.json = json;
  }

  /** What both say, or at least one, in the order of a referral. */
  public List<Line> of(Participant one, Participant other) {
    return lines(one.asReferral(), other.asReferral());
  }

  public List<Line> of(Referral referral, Participant existing) {
    return lines(referral, existing.asReferral());
  }

  /** The values of a file by their names in JSON, to be given to {@link ParticipantFile}. */
  public Map<String, Object> values(Participant participant) {
    return ReferralFields.of(participant.asReferral(), json);
  }

  private List<Line> lines(Referral one, Referral other) {
    Map<String, Object> left = ReferralFields.of(one, json);
    Map<String, Object> right = ReferralFields.of(other, json);
    return left.keySet().stream()
        .filter(field -> !NOT_COMPARED.contains(field))
        .filter(field -> left.get(field) != null || right.get(field) != null)
        .map(
            field ->
                new Line(
                    field,
                    Text.label(field),
                    shown(field, left.get(field)),
                    shown(field, right.get(field))))
        .toList();
  }

  private static String shown(String field, Object value) {
    return value == null ? null : ReferralFields.shown(field, value);
  }
}
