package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.process.CaseDriver;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.springframework.beans.factory.annotation.Autowired;

@BrowserTest
class CockpitIT {

  private static final String COCKPIT = "/camunda/app/cockpit/default/";

  @Autowired CaseDriver driver;

  @Test
  void theDiagramShowsWhereACaseWaits(Browser browser) {
    TracedCase traced = driver.interested();
    Page page = browser.open(COCKPIT, "onondaga.supervisor");
    page.navigate(COCKPIT + "#/processes");
    page.getByText("Participant journey").first().click();
    Locator row =
        page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(traced.caseNumber()));
    row.getByRole(AriaRole.LINK).first().click();
    page.waitForURL("**/process-instance/**");
    assertThat(tokens(page, "InviteInCoursera")).hasText("1");
    assertThat(tokens(page, "WaitForAnswer")).isHidden();
    assertThat(tokens(page, "CallPerson")).isHidden();
    assertThat(page.locator(".ce-eol-banner")).isHidden();
  }

  @Test
  void anotherBoardsSupervisorSeesNoSuchCase(Browser browser) {
    TracedCase traced = driver.interested();
    Page page = browser.open(COCKPIT, "suffolk.supervisor");
    page.navigate(COCKPIT + "#/processes");
    page.getByText("Participant journey").first().click();
    assertThat(page.getByText("No process instances matched")).isVisible();
    page.navigate(COCKPIT + "#/process-instance/" + traced.instance() + "/runtime");
    assertThat(page.getByText("No running process instance")).isVisible();
    assertThat(page.getByText(traced.caseNumber())).isHidden();
  }

  private static Locator tokens(Page page, String activity) {
    return page.locator("[data-container-id=" + activity + "] .instance-count");
  }
}
