package org.lwdb.casework.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.process.access.FirstPasswords;
import org.lwdb.casework.process.access.Groups;
import org.lwdb.casework.process.access.People;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.SimpleUrlLogoutSuccessHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may open what, and how somebody signs in. */
@Configuration(proxyBeanMethods = false)
class SecurityRules {

  static final String SIGN_IN = "/sign-in";
  private static final String SIGN_OUT = "/sign-out";

  /** What a program reads: it is told to sign in, not sent to a page. */
  private static final RequestMatcher PROGRAMS =
      any("/api/**", "/engine-rest/**", "/camunda/api/**", "/v3/api-docs/**", "/actuator/**");

  /** Closed for everybody: Admin's setup (CVE-2026-77226), and the webapps past their own path. */
  private static final RequestMatcher CLOSED =
      any(
          "/camunda/api/admin/setup/**",
          "/camunda/app/admin/{engine}/setup/**",
          "/webjars/camunda/**");

  private static final RequestMatcher CAMUNDA = any("/camunda/**");
  private static final RequestMatcher STATIC =
      any("/*.css", "/*.js", "/*.svg", "/favicon.ico", "/webjars/**");

  /**
   * Our pages need nothing from elsewhere and nothing inline, but for the small pictures that stand
   * in a style sheet itself.
   */
  private static final String OUR_PAGES =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self';"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final ObjectMapper json;

  SecurityRules(ObjectMapper json) {
    this.json = json;
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http, People people) throws Exception {
    http.authenticationProvider(people)
        .authorizeHttpRequests(
            rules ->
                rules
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers(CLOSED)
                    .denyAll()
                    .requestMatchers(SIGN_IN, "/error", "/r/**", FirstPasswords.PATH + "*")
                    .permitAll()
                    .requestMatchers("/actuator/health/**")
                    .permitAll()
                    .requestMatchers(STATIC)
                    .permitAll()
                    .requestMatchers("/actuator/**")
                    .hasRole(Groups.CAMUNDA_ADMIN)
                    .anyRequest()
                    .authenticated())
        .formLogin(
            form -> form.loginPage(SIGN_IN).failureUrl(SIGN_IN + "?error").defaultSuccessUrl("/"))
        .httpBasic(basic -> basic.authenticationEntryPoint(this::askToSignIn))
        .addFilterBefore(new SecurityOfToday(people), BasicAuthenticationFilter.class)
        // A new session: nothing of whoever was signed in before, in Camunda's webapps either.
        .sessionManagement(session -> session.sessionFixation(fixation -> fixation.newSession()))
        .requestCache(cache -> cache.requestCache(pagesOnly()))
        .logout(
            out ->
                out.logoutRequestMatcher(
                        new OrRequestMatcher(
                            post(SIGN_OUT), post("/camunda/api/admin/auth/user/{engine}/logout")))
                    .logoutSuccessHandler(SecurityRules::signedOut))
        .csrf(csrf -> csrf.requireCsrfProtectionMatcher(SecurityRules::needsToken))
        .exceptionHandling(
            exceptions ->
                exceptions
                    .authenticationEntryPoint(this::askToSignIn)
                    .accessDeniedHandler(this::refuse))
        .headers(
            headers ->
                headers
                    .cacheControl(cache -> cache.disable())
                    .addHeaderWriter(
                        new DelegatingRequestMatcherHeaderWriter(
                            not(CAMUNDA, STATIC), new CacheControlHeadersWriter()))
                    .addHeaderWriter(
                        new DelegatingRequestMatcherHeaderWriter(
                            not(CAMUNDA), new ContentSecurityPolicyHeaderWriter(OUR_PAGES))));
    return http.build();
  }

  /** The session's cookie goes over TLS only where people reach the application by https. */
  @Bean
  ServletContextInitializer secureCookie(CaseworkSettings settings) {
    return context ->
        context
            .getSessionCookieConfig()
            .setSecure(settings.publicUrl().toLowerCase().startsWith("https:"));
  }

  /**
   * A page's token, wherever a browser might act for somebody without being asked to. Camunda's
   * webapps have a token of their own; the learner's links need none, since nobody is signed in
   * there; nor does a program that sends a password each time.
   */
  private static boolean needsToken(HttpServletRequest request) {
    return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
        && !CAMUNDA.matches(request)
        && !any("/r/**").matches(request)
        && !sendsPassword(request);
  }

  /** A browser that remembers a password sends it for another site's pages, too: not taken. */
  private static boolean sendsPassword(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    String from = request.getHeader("Sec-Fetch-Site");
    return authorization != null
        && authorization.regionMatches(true, 0, "Basic ", 0, 6)
        && (from == null || from.equals("same-origin") || from.equals("none"));
  }

  private void askToSignIn(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException, ServletException {
    if (CLOSED.matches(request)) {
      refuse(request, response, new AccessDeniedException("closed"));
      return;
    }
    if (!PROGRAMS.matches(request)) {
      new LoginUrlAuthenticationEntryPoint(SIGN_IN).commence(request, response, e);
      return;
    }
    if (request.getHeader("Sec-Fetch-Mode")
        == null) { // A browser would ask in a window of its own.
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Coursera Casework\"");
    }
    problem(
        response,
        HttpStatus.UNAUTHORIZED,
        "Sign in first",
        "Send a user name and a password with HTTP basic, or sign in on the start page.");
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
      throws IOException, ServletException {
    if (e instanceof CsrfException && post(SIGN_IN).matches(request)) {
      response.sendRedirect(request.getContextPath() + SIGN_IN + "?expired");
    } else if (!CLOSED.matches(request)
        && SecurityContextHolder.getContext().getAuthentication() == null
        && request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
      askToSignIn(request, response, new InsufficientAuthenticationException("not signed in", e));
    } else if (PROGRAMS.matches(request)) {
      problem(
          response,
          HttpStatus.FORBIDDEN,
          "You may not do this",
          e instanceof CsrfException
              ? "The page's token is missing or too old: load the page again, or send a user name"
                  + " and a password with HTTP basic."
              : "Your role may not open this.");
    } else {
      response.sendError(HttpStatus.FORBIDDEN.value());
    }
  }

  private void problem(HttpServletResponse response, HttpStatus status, String title, String detail)
      throws IOException {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(title);
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    json.writeValue(response.getOutputStream(), problem);
  }

  private static void signedOut(
      HttpServletRequest request, HttpServletResponse response, Authentication person)
      throws IOException, ServletException {
    if (CAMUNDA.matches(request)) {
      response.setStatus(HttpStatus.NO_CONTENT.value());
    } else {
      SimpleUrlLogoutSuccessHandler toPage = new SimpleUrlLogoutSuccessHandler();
      toPage.setDefaultTargetUrl(SIGN_IN + "?signed-out");
      toPage.onLogoutSuccess(request, response, person);
    }
  }

  /**
   * After the sign-in a person comes to the page that was asked for; a program's answer is none.
   */
  private static HttpSessionRequestCache pagesOnly() {
    HttpSessionRequestCache cache = new HttpSessionRequestCache();
    cache.setRequestMatcher(
        new AndRequestMatcher(
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/**"),
            request -> String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains("text/html"),
            not(PROGRAMS, STATIC, any("/error", FirstPasswords.PATH + "*"))));
    cache.setMatchingRequestParameterName(null);
    return cache;
  }

  private static RequestMatcher any(String... patterns) {
    RequestMatcher[] matchers = new RequestMatcher[patterns.length];
    for (int i = 0; i < patterns.length; i++) {
      matchers[i] = PathPatternRequestMatcher.withDefaults().matcher(patterns[i]);
    }
    return new OrRequestMatcher(matchers);
  }

  private static RequestMatcher post(String pattern) {
    return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, pattern);
  }

  private static RequestMatcher not(RequestMatcher... matchers) {
    return new NegatedRequestMatcher(new OrRequestMatcher(matchers));
  }
}
