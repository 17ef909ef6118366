package org.lwdb.casework.process.access;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** The first member of camunda-admin; needed only while that group has none. */
@ConfigurationProperties("casework.operator")
record OperatorSettings(String username, String password) {

  boolean given() {
    return username != null && !username.isBlank() && password != null && !password.isBlank();
  }
}
