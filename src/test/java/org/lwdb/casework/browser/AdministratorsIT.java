package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lwdb.casework.browser.Accessible.isForEverybody;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.process.ChangeDriver;
import org.springframework.beans.factory.annotation.Autowired;

/** The desk's register of administrators, and Attachment A as a page. */
@BrowserTest
class AdministratorsIT {

  @Autowired ChangeDriver driver;
  @Autowired MovableClock clock;

  @Test
  void aChangeIsAskedForSentBackCorrectedAndApproved(Browser browser) {
    clock.reset();
    var team = driver.team("ulster");
    Page page = browser.open("/desk/administrators", team.user("staff"));
    isForEverybody(page, "Administrators");
    assertThat(page.getByText(team.email("carl"))).isVisible();
    link(page, "Ask for a change").click();
    page.getByLabel("Replace an administrator").check();
    isForEverybody(page, "Attachment A");
    button(page, "Go on").click();
    page.getByLabel("Administrator").selectOption(team.email("carl"));
    page.getByLabel("Last day").fill("2021-03-01");
    page.getByLabel("Name").fill("Dana Comer");
    page.getByLabel("E-mail").fill("dana.ulster@example.org");
    page.getByLabel("First day").fill("2021-02-27");
    isForEverybody(page, "Attachment A");
    button(page, "Ask for the change").click();
    assertThat(page.getByRole(AriaRole.ALERT))
        .containsText("The start date lies before the last day");
    assertThat(page.getByLabel("Name")).hasValue("Dana Comer");
    page.getByLabel("First day").fill("2021-03-02");
    button(page, "Ask for the change").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("with the supervisor");
    isForEverybody(page, "Replace an administrator");
    String address = page.url().substring(page.url().indexOf("/desk"));
    assertThat(page.request().get(address + "/attachment-a.pdf").status()).isEqualTo(404);

    page = browser.open(address, team.user("supervisor"));
    button(page, "Send back for correction").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("reason");
    page.getByLabel("Reason").fill("Her phone number is missing");
    button(page, "Send back for correction").click();
    assertThat(page.locator("dl")).containsText("Sent back for correction");

    page = browser.open(address, team.user("staff"));
    link(page, "Correct it").click();
    assertThat(page.getByLabel("Name")).hasValue("Dana Comer");
    page.getByLabel("Phone").fill("845-555-0100");
    button(page, "Submit again").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("again");

    page = browser.open("/desk/administrators", team.user("supervisor"));
    link(page, "Replace an administrator").click();
    isForEverybody(page, "Replace an administrator");
    button(page, "Approve").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("recorded");
    assertThat(page.getByText("Onondaga")).hasCount(0);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void eachKindAsksOnlyForWhatItNeeds(Browser browser) {
    clock.reset();
    var team = driver.team("orange");
    Page page = browser.open("/desk/administrators/changes/new?kind=ADD", team.user("staff"));
    assertThat(page.getByLabel("Last day")).hasCount(0);
    assertThat(page.getByLabel("First day")).isVisible();
    page.navigate("/desk/administrators/changes/new?kind=REMOVE");
    assertThat(page.getByLabel("Last day")).isVisible();
    assertThat(page.getByLabel("First day")).hasCount(0);
    page.navigate("/desk/administrators/changes/new?kind=CORRECT");
    assertThat(page.getByLabel("Last day")).hasCount(0);
    assertThat(page.getByText("What is right instead")).isVisible();
  }

  @Test
  void anotherBoardsChangesAreNotFound(Browser browser) {
    clock.reset();
    var team = driver.team("monroe");
    long id = team.approved("2021-02-20", "2021-02-21").now().id();
    String path = "/desk/administrators/changes/" + id;
    Page page = browser.open("/desk/administrators", "suffolk.supervisor");
    for (String address : new String[] {path, path + "/correction", path + "/attachment-a.pdf"}) {
      assertThat(page.request().get(address).status()).as(address).isEqualTo(404);
    }
    assertThat(page.request().get("/desk/administrators?board=monroe").status()).isEqualTo(404);
    assertThat(page.request().post(path + "/withdrawal").status()).isEqualTo(403);
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }
}
