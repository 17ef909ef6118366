package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.TestHttp;
import org.lwdb.casework.TestHttp.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@CaseworkTest
class SecurityRulesTest {

  @LocalServerPort int port;
  @Autowired IdentityService identity;
  TestHttp nobody;

  @BeforeEach
  void open() {
    nobody = new TestHttp(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/boards",
        "/api/anything",
        "/engine-rest/task",
        "/engine-rest/engine/default/task",
        "/camunda/api/engine/engine/default/task",
        "/camunda/api/admin/auth/user/default",
        "/actuator/prometheus",
        "/v3/api-docs"
      })
  void aProgramIsToldToSignIn(String path) {
    Answer answer = nobody.get(path, "Accept", "text/html");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("title").asText()).isEqualTo("Sign in first");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Basic");
  }

  @Test
  void aBrowserAsksInNoWindowOfItsOwn() {
    assertThat(nobody.get("/api/boards", "Sec-Fetch-Mode", "cors").header("WWW-Authenticate"))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/desk",
        "/camunda/app/tasklist/default/",
        "/camunda/",
        "/anything",
        "/webjars/../"
      })
  void aPersonIsLedToTheSignInPage(String path) {
    Answer answer = nobody.get(path);
    assertThat(answer.status()).isIn(302, 400);
    if (answer.status() == 302) {
      assertThat(answer.header("Location")).endsWith("/sign-in");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/casework.css",
        "/sign-in"
      })
  void whatIsOpenIsOpen(String path) {
    assertThat(nobody.get(path).status()).isEqualTo(200);
  }

  @Test
  void theLearnersLinksAreOpenAndNeedNoToken() {
    assertThat(nobody.get("/r/some-token").status()).isNotIn(302, 401, 403);
    assertThat(nobody.form("/r/some-token", Map.of()).status()).isNotIn(302, 401, 403);
  }

  @Test
  void theOtherActuatorEndpointsAreForOperators() {
    assertThat(nobody.as("nysdol").get("/actuator/info").status()).isEqualTo(403);
    assertThat(nobody.as("operator").get("/actuator/info").status()).isEqualTo(200);
  }

  @Test
  void theDeskComesAfterTheSignIn() {
    assertThat(nobody.signIn("onondaga.staff", "demo").get("/").header("Location"))
        .endsWith("/desk");
    Answer start = nobody.signIn("onondaga.staff", "demo").get("/desk");
    assertThat(start.status()).isEqualTo(200);
    assertThat(start.body())
        .contains(
            "onondaga.staff", "Onondaga", "/camunda/app/tasklist/", "Coursera.Help@labor.ny.gov")
        .contains("11/17/2020", "11/23/2022")
        .doesNotContain("/camunda/app/cockpit/", "/camunda/app/admin/");
  }

  @Test
  void eachRoleSeesItsWays() {
    assertThat(nobody.signIn("suffolk.supervisor", "demo").get("/desk").body())
        .contains("/camunda/app/cockpit/", "Fewer than two active Coursera administrators")
        .doesNotContain("/camunda/app/admin/", "Onondaga");
    assertThat(nobody.signIn("operator", "demo").get("/desk").body())
        .contains("/camunda/app/admin/", "/camunda/app/cockpit/")
        .doesNotContain("/camunda/app/tasklist/", "Fewer than two");
    assertThat(nobody.signIn("nysdol", "demo").get("/desk").body())
        .contains("every board", "/camunda/app/cockpit/");
  }

  @Test
  void aWrongPasswordIsSaidOnThePage() {
    Answer answer =
        nobody.form(
            "/sign-in",
            Map.of("username", "nobody", "password", "x", "_csrf", nobody.token("/sign-in")));
    assertThat(answer.header("Location")).endsWith("/sign-in?error");
    assertThat(nobody.get("/sign-in?error").body()).contains("the password is wrong");
  }

  @Test
  void anOldSignInPageLeadsToAFreshOne() {
    assertThat(
            nobody
                .form("/sign-in", Map.of("username", "nysdol", "password", "demo", "_csrf", "old"))
                .header("Location"))
        .endsWith("/sign-in?expired");
  }

  @Test
  void theSessionIsNewAfterTheSignInAndItsCookieIsClosed() {
    nobody.get("/sign-in");
    Answer page = new TestHttp(port).get("/sign-in");
    assertThat(page.header("Set-Cookie")).contains("HttpOnly", "SameSite=Lax");
    TestHttp browser = new TestHttp(port);
    String before = cookie(browser.get("/sign-in"));
    Answer signedIn =
        browser.form(
            "/sign-in",
            Map.of("username", "nysdol", "password", "demo", "_csrf", browser.token("/sign-in")));
    assertThat(cookie(signedIn)).isNotNull().isNotEqualTo(before);
    assertThat(new TestHttp(port).get("/", "Cookie", before).status()).isEqualTo(302);
  }

  @Test
  void aSessionNeedsThePagesToken() {
    TestHttp browser = nobody.signIn("onondaga.staff", "demo");
    Answer refused = browser.post("/engine-rest/task", "{}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("detail").asText()).contains("token");
    assertThat(browser.post("/api/anything", "{}").status()).isEqualTo(403);
    assertThat(
            browser
                .post("/engine-rest/task", "{}", "X-CSRF-TOKEN", browser.token("/desk"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aPasswordNeedsNoTokenUnlessAnotherSitesPageSendsIt() {
    TestHttp script = nobody.as("onondaga.staff");
    assertThat(script.post("/engine-rest/task", "{}").status()).isEqualTo(200);
    assertThat(script.post("/engine-rest/task", "{}", "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(403);
  }

  @Test
  void signingOutEndsTheSessionFromOurPagesAndFromCamunda() {
    TestHttp browser = nobody.signIn("onondaga.staff", "demo");
    assertThat(
            browser.form("/sign-out", Map.of("_csrf", browser.token("/desk"))).header("Location"))
        .endsWith("/sign-in?signed-out");
    assertThat(browser.get("/desk").status()).isEqualTo(302);

    TestHttp tasklist = nobody.signIn("onondaga.staff", "demo");
    assertThat(tasklist.get("/camunda/app/tasklist/default/").status()).isEqualTo(200);
    assertThat(tasklist.post("/camunda/api/admin/auth/user/default/logout", "").status())
        .isEqualTo(204);
    assertThat(tasklist.get("/camunda/app/tasklist/default/").status()).isEqualTo(302);
    assertThat(tasklist.get("/desk").status()).isEqualTo(302);
  }

  @Test
  void anAccessThatEndsEndsAtOnce() {
    User user = identity.newUser("leaver");
    user.setPassword("demo");
    identity.saveUser(user);
    identity.createMembership("leaver", "supervisors");
    identity.createTenantUserMembership("yonkers", "leaver");
    TestHttp browser = nobody.signIn("leaver", "demo");
    assertThat(browser.get("/desk").body()).contains("Yonkers", "/camunda/app/cockpit/");
    assertThat(browser.get("/camunda/app/cockpit/default/").status()).isEqualTo(200);

    identity.deleteTenantUserMembership("yonkers", "leaver");
    assertThat(browser.get("/desk").body())
        .contains("You belong to no board")
        .doesNotContain("Yonkers");
    identity.deleteMembership("leaver", "supervisors");
    assertThat(browser.get("/desk").body()).doesNotContain("/camunda/app/cockpit/");
    identity.deleteUser("leaver");
    assertThat(browser.get("/desk").status()).isEqualTo(302);
    assertThat(browser.get("/camunda/app/cockpit/default/").status()).isEqualTo(302);
  }

  @Test
  void ourPagesTakeNothingFromElsewhereAndCamundasHavePolicyOfTheirOwn() {
    assertThat(nobody.get("/sign-in").header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(
            nobody
                .signIn("onondaga.staff", "demo")
                .get("/camunda/app/tasklist/default/")
                .headers()
                .allValues("Content-Security-Policy"))
        .hasSize(1)
        .first()
        .asString()
        .doesNotContain("default-src 'none'");
  }

  private static String cookie(Answer answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(c -> c.startsWith("JSESSIONID"))
        .map(c -> c.split(";")[0])
        .findFirst()
        .orElse(null);
  }
}
