package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** The one sign-in, in a real browser. */
@BrowserTest
class SignInIT {

  @Test
  void oneSignInServesTheWebappsOfARole(Browser browser) {
    Page page = browser.open("/camunda/app/tasklist/default/", "suffolk.supervisor");
    assertThat(page.getByText("My group's tasks")).isVisible();
    page.navigate("/camunda/app/cockpit/default/");
    assertThat(page.getByText("Running Process Instances")).isVisible();
    assertThat(browser.complaints()).isEmpty();
    page.navigate("/camunda/app/welcome/default/");
    assertThat(page.getByText("Change password").first()).isVisible();
    assertThat(page.locator(".user-profile").getByText("Supervisors")).isVisible();
  }

  @Test
  void theWebappsOfferNothingThatIsRefused(Browser browser) {
    Page page = browser.open("/camunda/app/tasklist/default/", "onondaga.staff");
    assertThat(page.getByText("My group's tasks")).isVisible();
    assertThat(page.getByText("Start process")).isVisible();
    assertThat(page.getByText("Create task")).isHidden();
    assertThat(page.locator(".ce-eol-banner")).isHidden();
    assertThat(page.title()).contains("Coursera Casework");
  }

  @Test
  void signingOutOfAWebappLeadsToTheSignInPage(Browser browser) {
    Page page = browser.open("/camunda/app/tasklist/default/", "onondaga.staff");
    assertThat(page.getByText("My group's tasks")).isVisible();
    page.click(".account > a");
    page.click(".logout a");
    page.waitForURL("**/sign-in");
    page.navigate("/camunda/app/tasklist/default/");
    page.waitForURL("**/sign-in");
  }
}
