package org.lwdb.casework.osos;

import java.util.List;

/** What staff type into OSOS for one entry, in the order of its screens and within its limits. */
public record Worksheet(List<Line> lines) {

  /** One field: what OSOS calls it, and what goes there; the value is never null. */
  public record Line(String label, String value) {}
}
