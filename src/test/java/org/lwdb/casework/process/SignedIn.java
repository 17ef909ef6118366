package org.lwdb.casework.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.lwdb.casework.CurrentUser;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** Does something as a member of staff who is signed in, as the web would. */
final class SignedIn {

  private SignedIn() {}

  /** As the local staff of a board. */
  static <T> T asStaffOf(String board, ProcessEngine engine, Supplier<T> work) {
    String user = board + ".staff";
    try {
      SecurityContextHolder.getContext()
          .setAuthentication(
              UsernamePasswordAuthenticationToken.authenticated(
                  user,
                  null,
                  AuthorityUtils.createAuthorityList(
                      CurrentUser.ROLE_PREFIX + "local-staff", CurrentUser.BOARD_PREFIX + board)));
      engine.getIdentityService().setAuthentication(user, List.of("local-staff"), List.of(board));
      return work.get();
    } finally {
      engine.getIdentityService().clearAuthentication();
      SecurityContextHolder.clearContext();
    }
  }

  /** As this user, with the groups and boards that the engine knows at this moment. */
  static <T> T as(String user, ProcessEngine engine, Supplier<T> work) {
    List<String> groups =
        engine.getIdentityService().createGroupQuery().groupMember(user).list().stream()
            .map(Group::getId)
            .toList();
    List<String> boards =
        engine
            .getIdentityService()
            .createTenantQuery()
            .userMember(user)
            .includingGroupsOfUser(true)
            .list()
            .stream()
            .map(Tenant::getId)
            .toList();
    try {
      List<GrantedAuthority> authorities = new ArrayList<>();
      groups.forEach(g -> authorities.add(new SimpleGrantedAuthority(CurrentUser.ROLE_PREFIX + g)));
      boards.forEach(
          b -> authorities.add(new SimpleGrantedAuthority(CurrentUser.BOARD_PREFIX + b)));
      SecurityContextHolder.getContext()
          .setAuthentication(
              UsernamePasswordAuthenticationToken.authenticated(user, null, authorities));
      engine.getIdentityService().setAuthentication(user, groups, boards);
      return work.get();
    } finally {
      engine.getIdentityService().clearAuthentication();
      SecurityContextHolder.clearContext();
    }
  }
}
