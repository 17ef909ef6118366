package org.lwdb.casework;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who acts on this thread: a signed-in person with roles and boards, or, where nobody is signed in,
 * the system. Roles are authorities {@code ROLE_supervisors}, boards are authorities {@code
 * BOARD_onondaga}.
 */
public final class CurrentUser {

  public static final String SYSTEM = "system";
  public static final String LEARNER = "learner";
  public static final String COURSERA = "coursera";
  public static final String ROLE_PREFIX = "ROLE_";
  public static final String BOARD_PREFIX = "BOARD_";

  private CurrentUser() {}

  /** The user name that stands in timelines; {@link #SYSTEM} for timers and jobs. */
  public static String name() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null || !authentication.isAuthenticated()
        ? SYSTEM
        : authentication.getName();
  }

  /**
   * The ids of the boards that the signed-in person belongs to: every read and every action stays
   * in them.
   */
  public static Set<String> boards() {
    return authorities().stream()
        .map(GrantedAuthority::getAuthority)
        .filter(a -> a.startsWith(BOARD_PREFIX))
        .map(a -> a.substring(BOARD_PREFIX.length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  public static boolean hasRole(String group) {
    return authorities().stream().anyMatch(a -> a.getAuthority().equals(ROLE_PREFIX + group));
  }

  /** Does the work under another name, such as {@link #LEARNER}: without roles and boards. */
  public static <T> T as(String name, Supplier<T> work) {
    SecurityContext before = SecurityContextHolder.getContext();
    try {
      SecurityContext context = SecurityContextHolder.createEmptyContext();
      context.setAuthentication(
          UsernamePasswordAuthenticationToken.authenticated(name, null, List.of()));
      SecurityContextHolder.setContext(context);
      return work.get();
    } finally {
      SecurityContextHolder.setContext(before);
    }
  }

  private static Collection<? extends GrantedAuthority> authorities() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null ? List.of() : authentication.getAuthorities();
  }
}
