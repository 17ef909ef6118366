package org.lwdb.casework.process;

import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.lwdb.casework.CurrentUser;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
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
}
