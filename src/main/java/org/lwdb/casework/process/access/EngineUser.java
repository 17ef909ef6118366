package org.lwdb.casework.process.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.lwdb.casework.CurrentUser;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells the engine on each request who is signed in: without it the engine checks nothing. The
 * learner's links are left out, since whoever opens one acts as the learner, and so are those of
 * new people, who have no password yet.
 */
class EngineUser extends OncePerRequestFilter {

  private final IdentityService identity;

  EngineUser(IdentityService identity) {
    this.identity = identity;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return path.startsWith("/r/") || path.startsWith(FirstPasswords.PATH);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication person = SecurityContextHolder.getContext().getAuthentication();
    if (person == null) {
      chain.doFilter(request, response);
      return;
    }
    try {
      identity.setAuthentication(
          person.getName(), groups(person), List.copyOf(CurrentUser.boards()));
      chain.doFilter(request, response);
    } finally {
      identity.clearAuthentication();
    }
  }

  static List<String> groups(Authentication person) {
    return person.getAuthorities().stream()
        .map(GrantedAuthority::getAuthority)
        .filter(a -> a.startsWith(CurrentUser.ROLE_PREFIX))
        .map(a -> a.substring(CurrentUser.ROLE_PREFIX.length()))
        .toList();
  }

  /** Tells Camunda's webapps the same. */
  public static class ForWebapps implements AuthenticationProvider {

    @Override
    public AuthenticationResult extractAuthenticatedUser(
        HttpServletRequest request, ProcessEngine engine) {
      Authentication person = SecurityContextHolder.getContext().getAuthentication();
      if (person == null) {
        return AuthenticationResult.unsuccessful();
      }
      AuthenticationResult result = AuthenticationResult.successful(person.getName());
      result.setGroups(groups(person));
      result.setTenants(List.copyOf(CurrentUser.boards()));
      return result;
    }

    @Override
    public void augmentResponseByAuthenticationChallenge(
        HttpServletResponse response, ProcessEngine engine) {
      // Spring Security has asked already.
    }
  }
}
