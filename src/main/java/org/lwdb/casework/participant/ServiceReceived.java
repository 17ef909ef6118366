package org.lwdb.casework.participant;

import java.time.LocalDate;

/**
 * A service that a person has received, and when.
 *
 * @param service the name of a {@link WioaService}
 */
public record ServiceReceived(String service, LocalDate on) {

  public ServiceReceived {
    service = Text.strip(service);
  }
}
