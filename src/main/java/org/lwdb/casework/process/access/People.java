package org.lwdb.casework.process.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.lwdb.casework.CurrentUser;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** The engine's users as the people who sign in: their groups are roles, their tenants boards. */
@Component
public class People implements AuthenticationProvider {

  private final IdentityService identity;

  People(IdentityService identity) {
    this.identity = identity;
  }

  @Override
  public Authentication authenticate(Authentication given) {
    String username = given.getName();
    Object password = given.getCredentials();
    if (username.isBlank()
        || password == null
        || !identity.checkPassword(username, password.toString())) {
      throw new BadCredentialsException("The user name or the password is wrong.");
    }
    return signedIn(username)
        .orElseThrow(() -> new BadCredentialsException("There is no such user."));
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  /** The person with today's roles and boards; empty when there is no such user any more. */
  public Optional<Authentication> signedIn(String username) {
    return Optional.ofNullable(identity.createUserQuery().userId(username).singleResult())
        .map(
            user ->
                UsernamePasswordAuthenticationToken.authenticated(
                    user.getId(), null, authorities(user.getId())));
  }

  private List<GrantedAuthority> authorities(String username) {
    List<GrantedAuthority> authorities = new ArrayList<>();
    for (Group group : identity.createGroupQuery().groupMember(username).list()) {
      authorities.add(new SimpleGrantedAuthority(CurrentUser.ROLE_PREFIX + group.getId()));
    }
    for (Tenant board :
        identity.createTenantQuery().userMember(username).includingGroupsOfUser(true).list()) {
      authorities.add(new SimpleGrantedAuthority(CurrentUser.BOARD_PREFIX + board.getId()));
    }
    return authorities;
  }
}
