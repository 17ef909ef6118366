package org.lwdb.casework.administrator;

import java.time.LocalDate;
import org.lwdb.casework.participant.Text;

/**
 * What somebody asks for with Attachment A, as it came in.
 *
 * @param outgoing who leaves, or whose entry is corrected; null for an addition
 * @param incoming who comes; of a correction, the values that are new
 */
public record RequestedChange(
    String board, Kind kind, Outgoing outgoing, Incoming incoming, String note) {

  /**
   * @param lastDay included
   */
  public record Outgoing(String email, LocalDate lastDay) {
    public Outgoing {
      email = Text.line(email);
    }

    boolean isEmpty() {
      return email == null && lastDay == null;
    }
  }

  /**
   * @param hasCourseraAccount whether Coursera knows this address already; null: not said
   */
  public record Incoming(
      String name,
      String title,
      String agency,
      String email,
      String phone,
      Boolean hasCourseraAccount,
      LocalDate startDate) {
    public Incoming {
      name = Text.line(name);
      title = Text.line(title);
      agency = Text.line(agency);
      email = Text.line(email);
      phone = Text.line(phone);
    }

    boolean isEmpty() {
      return startDate == null && hasCourseraAccount == null && hasNoValues();
    }

    boolean hasNoValues() {
      return name == null && title == null && agency == null && email == null && phone == null;
    }
  }

  public RequestedChange {
    outgoing = outgoing == null || outgoing.isEmpty() ? null : outgoing;
    incoming = incoming == null || incoming.isEmpty() ? null : incoming;
  }
}
