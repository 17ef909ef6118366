package org.lwdb.casework.process.access;

import java.util.List;

/** The groups of users, which are also the roles of {@code CurrentUser.hasRole}. */
public final class Groups {

  public static final String LOCAL_STAFF = "local-staff";
  public static final String COURSERA_ADMINISTRATORS = "coursera-administrators";
  public static final String SUPERVISORS = "supervisors";

  /** NYSDOL: its members belong to every board. */
  public static final String NYSDOL = "nysdol";

  /** Operators of the engine: they belong to no board. */
  public static final String CAMUNDA_ADMIN = "camunda-admin";

  /** Everybody who works on cases. */
  public static final List<String> STAFF =
      List.of(LOCAL_STAFF, COURSERA_ADMINISTRATORS, SUPERVISORS, NYSDOL);

  private Groups() {}
}
