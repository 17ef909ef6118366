package org.lwdb.casework.process.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.authentication.UsernamePasswordAuthenticationToken.unauthenticated;

import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.localarea.Boards;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.BadCredentialsException;

@CaseworkTest
class PeopleTest {

  @Autowired People people;
  @Autowired IdentityService identity;
  @Autowired Boards boards;
  @Autowired AccessSetup setup;

  @Test
  void aUserHasTheRoleAndTheBoardThatTheEngineKnows() {
    assertThat(people.authenticate(unauthenticated("onondaga.staff", "demo")).getAuthorities())
        .extracting("authority")
        .containsExactlyInAnyOrder("ROLE_local-staff", "BOARD_onondaga");
  }

  @Test
  void nysdolBelongsToEveryBoard() {
    assertThat(people.authenticate(unauthenticated("nysdol", "demo")).getAuthorities())
        .extracting("authority")
        .contains("ROLE_nysdol")
        .containsAll(boards.all().stream().map(b -> "BOARD_" + b.id()).collect(Collectors.toList()))
        .hasSize(34);
  }

  @Test
  void aWrongPasswordOrAnUnknownUserIsRefused() {
    assertThatThrownBy(() -> people.authenticate(unauthenticated("nobody", "demo")))
        .isInstanceOf(BadCredentialsException.class);
    // A user of its own: a wrong password makes that one wait.
    User mistyper = identity.newUser("mistyper");
    mistyper.setPassword("demo");
    identity.saveUser(mistyper);
    assertThatThrownBy(() -> people.authenticate(unauthenticated("mistyper", "wrong")))
        .isInstanceOf(BadCredentialsException.class);
    identity.deleteUser("mistyper");
  }

  @Test
  void theOperatorIsTheOnlyMemberOfCamundaAdminAndBelongsToNoBoard() {
    assertThat(identity.createUserQuery().memberOfGroup("camunda-admin").list())
        .extracting("id")
        .containsExactly("operator");
    assertThat(identity.createTenantQuery().userMember("operator").count()).isZero();
  }

  @Test
  void aSecondStartChangesNothing() {
    setup.afterPropertiesSet();
    assertThat(identity.createTenantQuery().count()).isEqualTo(33);
    assertThat(identity.createGroupQuery().count()).isEqualTo(5);
  }
}
