package org.lwdb.casework.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.lwdb.casework.CurrentUser;
import org.lwdb.casework.process.access.People;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whoever has signed in acts with the roles and boards of this moment, not with those of the
 * sign-in: an access that ends, ends at once.
 */
class SecurityOfToday extends OncePerRequestFilter {

  private final People people;

  SecurityOfToday(People people) {
    this.people = people;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
    if (signedIn != null) {
      SecurityContext now = SecurityContextHolder.createEmptyContext();
      people
          .signedIn(signedIn.getName())
          .filter(today -> hasRole(today) || !hasRole(signedIn))
          .ifPresentOrElse(now::setAuthentication, () -> end(request));
      SecurityContextHolder.setContext(now);
    }
    chain.doFilter(request, response);
  }

  /** Whoever had a role and has none any more is signed out. */
  private static boolean hasRole(Authentication person) {
    return person.getAuthorities().stream()
        .anyMatch(authority -> authority.getAuthority().startsWith(CurrentUser.ROLE_PREFIX));
  }

  private static void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }
}
