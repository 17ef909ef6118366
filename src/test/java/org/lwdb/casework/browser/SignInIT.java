package org.lwdb.casework.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lwdb.casework.CaseworkTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The one sign-in, in a real browser. */
@CaseworkTest
class SignInIT {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  @LocalServerPort int port;
  @TempDir Path profile;
  Playwright playwright;
  BrowserContext browser;
  Page page;
  final List<String> refused = new ArrayList<>();

  @BeforeEach
  void open() {
    assumeTrue(Files.exists(CHROMIUM), "Skipped: the browser tests need Chromium.");
    playwright = Playwright.create();
    browser =
        playwright
            .chromium()
            .launchPersistentContext(
                profile,
                new BrowserType.LaunchPersistentContextOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox")));
    page = browser.newPage();
    page.onResponse(
        answer -> {
          if (answer.status() >= 400) {
            refused.add(answer.request().method() + " " + answer.status() + " " + answer.url());
          }
        });
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            refused.add(message.text());
          }
        });
  }

  @AfterEach
  void close() {
    if (playwright != null) {
      browser.close();
      playwright.close();
    }
  }

  @Test
  void ourPagesCanBeUsedByEverybody() {
    page.navigate(at("/"));
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    signIn("suffolk.supervisor");
    page.waitForSelector("h1:has-text('Start')");
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    assertThat(refused).isEmpty();
  }

  @Test
  void oneSignInServesTheWebappsOfARole() {
    page.navigate(at("/camunda/app/tasklist/default/"));
    signIn("suffolk.supervisor");
    page.waitForSelector("text=My group's tasks");
    page.navigate(at("/camunda/app/cockpit/default/"));
    page.waitForSelector("text=Running Process Instances");
    page.navigate(at("/camunda/app/welcome/default/"));
    page.waitForSelector("text=Change password");
    page.waitForSelector(".user-profile :text('Supervisors')");
    assertThat(refused).isEmpty();
  }

  @Test
  void theWebappsOfferNothingThatIsRefused() {
    page.navigate(at("/camunda/app/tasklist/default/"));
    signIn("onondaga.staff");
    page.waitForSelector("text=My group's tasks");
    assertThat(page.isVisible("text=Start process")).isTrue();
    assertThat(page.isVisible("text=Create task")).isFalse();
    assertThat(page.isVisible(".ce-eol-banner")).isFalse();
    assertThat(page.title()).contains("Coursera Casework");
  }

  @Test
  void signingOutOfAWebappLeadsToTheSignInPage() {
    page.navigate(at("/camunda/app/tasklist/default/"));
    signIn("onondaga.staff");
    page.waitForSelector("text=My group's tasks");
    page.click(".account > a");
    page.click(".logout a");
    page.waitForURL("**/sign-in");
    page.navigate(at("/camunda/app/tasklist/default/"));
    page.waitForURL("**/sign-in");
  }

  private void signIn(String username) {
    page.getByLabel("User name").fill(username);
    page.getByLabel("Password").fill("demo");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
  }

  private String at(String path) {
    return "http://localhost:" + port + path;
  }
}
