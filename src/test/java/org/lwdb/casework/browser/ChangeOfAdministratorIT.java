package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.Page.Request;
import org.lwdb.casework.administrator.AdministratorChange;
import org.lwdb.casework.administrator.AdministratorChanges;
import org.lwdb.casework.administrator.State;
import org.lwdb.casework.process.ChangeDriver;
import org.lwdb.casework.process.ChangeDriver.Team;
import org.springframework.beans.factory.annotation.Autowired;

/** Attachment A under three sign-ins: staff ask, the supervisor approves, NYSDOL confirms. */
@BrowserTest
class ChangeOfAdministratorIT {

  private static final String TASKLIST = "/camunda/app/tasklist/default/";

  @Autowired ChangeDriver driver;
  @Autowired AdministratorChanges changes;
  @Autowired MovableClock clock;

  @Test
  void aChangeIsRequestedApprovedAndConfirmed(Browser browser) {
    clock.reset();
    clock.advance(Duration.ofHours(2)); // its tasks are the newest, and the first of the list
    Team team = driver.team("chautauqua");
    Page page = browser.open(TASKLIST, team.user("staff"));
    page.getByText("Start process").click();
    page.locator(".modal-body").getByText("Attachment A: Change of Coursera Administrator").click();
    page.getByText("Replace an administrator by another one").click();
    page.getByLabel("E-mail address of the administrator concerned").fill(team.email("carl"));
    date(page, "Last day", "03/01/2021");
    page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Dana Comer");
    page.getByLabel("E-mail address", new Page.GetByLabelOptions().setExact(true))
        .fill("dana.comer@example.org");
    date(page, "Start date", "02/28/2021");
    Locator start =
        page.locator(".modal-footer")
            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start"));
    start.click();
    assertThat(page.getByText("The start date lies before the last day")).isVisible();
    date(page, "Start date", "03/02/2021");
    start.click();
    assertThat(page.getByText("The process has been started")).isVisible();
    AdministratorChange asked =
        changes
            .list(Set.of(State.REQUESTED), Set.of("chautauqua"), new Request(0, 1, null))
            .content()
            .get(0);

    page = claimed(browser, team.user("supervisor"), "Decide on the change");
    assertThat(page.getByText("Carl Leaver, " + team.email("carl"))).isVisible();
    page.getByText("Approve: Attachment A goes to NYSDOL at once").click();
    complete(page);
    assertThat(changes.get(asked.id()).state()).isEqualTo(State.APPROVED);

    page = claimed(browser, "nysdol", "Record NYSDOL’s confirmation");
    assertThat(page.getByText("Dana Comer, dana.comer@example.org")).isVisible();
    page.getByText("Confirmed", new Page.GetByTextOptions().setExact(true)).click();
    complete(page);
    assertThat(changes.get(asked.id()).state()).isEqualTo(State.CONFIRMED);
    assertThat(browser.complaints()).isEmpty();
  }

  private static Page claimed(Browser browser, String username, String task) {
    Page page = browser.open(TASKLIST, username);
    page.getByText("My group's tasks").click();
    page.locator(".tasks-list").getByText(task).first().click();
    page.getByText("Claim", new Page.GetByTextOptions().setExact(true)).click();
    return page;
  }

  private static void complete(Page page) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete")).click();
    assertThat(page.getByText("Select a task in the list")).isVisible();
  }

  private static void date(Page page, String label, String value) {
    Locator field = page.getByLabel(label).first();
    field.fill(value);
    field.press("Tab");
  }
}
