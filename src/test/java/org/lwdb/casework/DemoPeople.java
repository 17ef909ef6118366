package org.lwdb.casework;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.DependsOn;

/**
 * The invented people of the embedded default and of the tests, password {@code demo}. The operator
 * is not among them: the application makes it from its own settings.
 */
@TestComponent
@DependsOn("accessSetup")
class DemoPeople implements InitializingBean {

  static final String PASSWORD = "demo";

  private final IdentityService identity;

  DemoPeople(IdentityService identity) {
    this.identity = identity;
  }

  @Override
  public void afterPropertiesSet() {
    person("onondaga.staff", "Sadie", "Sample", "local-staff", "onondaga");
    person("onondaga.coursera1", "Carl", "Placeholder", "coursera-administrators", "onondaga");
    person("onondaga.coursera2", "Cora", "Specimen", "coursera-administrators", "onondaga");
    person("onondaga.supervisor", "Sid", "Pretend", "supervisors", "onondaga");
    person("suffolk.staff", "Stella", "Mockup", "local-staff", "suffolk");
    person("suffolk.coursera1", "Casper", "Fictional", "coursera-administrators", "suffolk");
    person("suffolk.coursera2", "Celia", "Imaginary", "coursera-administrators", "suffolk");
    person("suffolk.supervisor", "Silas", "Madeup", "supervisors", "suffolk");
    person("cayuga.coursera1", "Clara", "Standin", "coursera-administrators", "cayuga-cortland");
    person("cayuga.supervisor", "Simon", "Example", "supervisors", "cayuga-cortland");
    person("nysdol", "Nora", "Invented", "nysdol", null);
  }

  private void person(String id, String firstName, String lastName, String group, String board) {
    if (identity.createUserQuery().userId(id).count() == 0) {
      User user = identity.newUser(id);
      user.setFirstName(firstName);
      user.setLastName(lastName);
      user.setEmail(id + "@example.org");
      user.setPassword(PASSWORD);
      identity.saveUser(user);
    }
    if (identity.createGroupQuery().groupId(group).groupMember(id).count() == 0) {
      identity.createMembership(id, group);
    }
    if (board != null && identity.createTenantQuery().tenantId(board).userMember(id).count() == 0) {
      identity.createTenantUserMembership(board, id);
    }
  }
}
