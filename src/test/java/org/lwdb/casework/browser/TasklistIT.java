package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.process.CaseDriver;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.springframework.beans.factory.annotation.Autowired;

@BrowserTest
class TasklistIT {

  private static final String TASKLIST = "/camunda/app/tasklist/default/";

  @Autowired CaseDriver driver;
  @Autowired MovableClock clock;

  @Test
  void staffReferSomebodyWithTheStartForm(Browser browser) {
    Page page = browser.open("/", "onondaga.staff");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Tasklist")).click();
    page.getByText("Start process").click();
    page.locator(".modal-body").getByText("Participant journey").click();
    page.getByLabel("First name").fill("Faye");
    page.getByLabel("Last name").fill("Formfiller");
    page.getByLabel("E-mail address").fill("faye.formfiller@example.org");
    page.getByLabel("Phone").fill("none yet");
    Locator start =
        page.locator(".modal-footer")
            .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start"));
    start.click();
    assertThat(page.getByText("This is not a phone number")).isVisible();

    page.getByLabel("Phone").fill("315-555-0100");
    start.click();
    assertThat(page.getByText("The process has been started")).isVisible();
  }

  @Test
  void aCourseraAdministratorRecordsAnInvitation(Browser browser) {
    clock.advance(Duration.ofHours(1)); // its task is the newest, and the first of the list
    TracedCase traced = driver.interested();
    Page page = browser.open(TASKLIST, "onondaga.coursera1");
    page.getByText("My group's tasks").click();
    page.locator(".tasks-list").getByText("Invite in Coursera").first().click();
    assertThat(page.getByText(traced.file().email())).isVisible();
    page.getByText("Claim", new Page.GetByTextOptions().setExact(true)).click();
    Locator sentOn = page.getByLabel("Invitation sent on");
    sentOn.first().fill("12/31/2030");
    sentOn.first().press("Tab");
    Locator complete =
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete"));
    complete.click();
    assertThat(page.getByText("cannot have been sent in the future")).isVisible();
    traced.process().isWaitingAt("InviteInCoursera");

    sentOn.first().fill("02/01/2021");
    sentOn.first().press("Tab");
    complete.click();
    assertThat(page.getByText("Select a task in the list")).isVisible();
    traced.process().isWaitingAt("NextReminderToEnrollDue");
    assertThat(traced.file().invitedOn()).isEqualTo("2021-02-01");
  }

  @Test
  void anotherBoardsStaffSeeNeitherTheTaskNorTheCase(Browser browser) {
    TracedCase traced = driver.interested();
    Page page = browser.open(TASKLIST, "suffolk.staff");
    Locator all =
        page.locator(".task-filter").filter(new Locator.FilterOptions().setHasText("All tasks"));
    all.click();
    assertThat(all.locator("h4")).hasText("All tasks 0");
    assertThat(page.getByText("No task matching filters found")).isVisible();
    page.navigate(TASKLIST + "#/?task=" + traced.task("InviteInCoursera").getId());
    assertThat(page.getByText("There is no open task").first()).isVisible();
    assertThat(page.getByText("Select a task in the list")).isVisible();
  }
}
