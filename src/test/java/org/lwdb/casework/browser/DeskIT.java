package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lwdb.casework.browser.Accessible.isForEverybody;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.process.CaseDriver;
import org.lwdb.casework.process.Journey;
import org.springframework.beans.factory.annotation.Autowired;

/** The desk's first pages, as a board's staff open them in the morning. */
@BrowserTest
class DeskIT {

  @Autowired CaseDriver driver;
  @Autowired Journey journey;

  @Test
  void todayShowsWhatWaitsAndLeadsToIt(Browser browser) {
    driver.interested();
    Page page = browser.open("/", "onondaga.coursera1");
    page.waitForURL("**/desk");
    isForEverybody(page, "Today");
    Locator tasks = page.locator("section[aria-labelledby=groups]");
    assertThat(tasks.getByRole(AriaRole.ROW).nth(1)).isVisible();
    tasks.getByRole(AriaRole.LINK).first().click();
    page.waitForURL("**/tasklist/**task=*");
    assertThat(page.locator(".task-card, .task-form, [cam-tasklist-task]").first()).isVisible();
  }

  @Test
  void participantsAreFoundAsOneTypes(Browser browser) {
    var wanted = driver.refer(CaseDriver.ELIGIBLE);
    driver.refer(CaseDriver.ELIGIBLE);
    Page page = browser.open("/desk/participants", "onondaga.staff");
    isForEverybody(page, "Participants");
    page.getByLabel("Name, e-mail, case number or OSOS id").fill(wanted.file().email());
    assertThat(page.locator("#found").getByRole(AriaRole.STATUS)).hasText("1 participant");
    page.waitForURL("**query=*");
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.getByText("Filters and columns").click();
    page.getByLabel("E-mail", new Page.GetByLabelOptions().setExact(true)).check();
    assertThat(page.locator("tbody")).containsText(wanted.file().email());
    isForEverybody(page, "Participants");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatIsShownIsExported(Browser browser) throws IOException {
    var wanted = driver.refer(CaseDriver.ELIGIBLE);
    Page page =
        browser.open(
            "/desk/participants?columns=EMAIL&columns=CASE&query=" + wanted.caseNumber(),
            "onondaga.staff");
    Download csv =
        page.waitForDownload(
            () ->
                page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("CSV")).click());
    assertThat(Files.readAllLines(csv.path()))
        .containsExactly("Case,E-mail", wanted.caseNumber() + "," + wanted.file().email());
  }

  @Test
  void aSearchIsKeptUnderAName(Browser browser) {
    driver.refer(CaseDriver.ELIGIBLE);
    Page page = browser.open("/desk/participants?stage=OUTREACH", "onondaga.staff");
    page.getByLabel("Keep this search as").fill("To call");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save view")).click();
    assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("Saved");
    page.navigate("/desk/participants");
    page.getByText("Saved views").click();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("To call")).click();
    page.waitForURL("**stage=*");
    page.getByText("Saved views").click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete To call")).click();
    assertThat(page.getByRole(AriaRole.STATUS).first()).containsText("is deleted");
  }

  @Test
  void theSameIsDoneWithManyAndEachSaysWhatBecameOfIt(Browser browser) {
    var open = driver.refer(CaseDriver.ELIGIBLE);
    var closed = driver.refer(CaseDriver.ELIGIBLE);
    Page page =
        browser.open(
            "/desk/participants?cases=ALL&query="
                + open.file().lastName().substring(0, 6)
                + "&sort=case,desc",
            "onondaga.staff");
    page.getByLabel("Tick " + open.file().fullName() + ", " + open.caseNumber()).check();
    page.getByLabel("Tick " + closed.file().fullName() + ", " + closed.caseNumber()).check();
    journey.close(closed.id(), "OTHER", null, null);
    page.getByText("Do the same with all that are ticked").click();
    page.getByLabel("Reason").selectOption("OTHER");
    page.onDialog(dialog -> dialog.accept());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Close cases")).click();
    assertThat(page.locator("#outcomes")).hasText("1 of 2 done");
    assertThat(page.locator(".outcomes .failed")).containsText(closed.caseNumber());
    assertThat(page.locator(".outcomes .failed")).containsText("is closed");
    assertThat(page.locator(".outcomes .done")).containsText("case closed");
    isForEverybody(page, "Participants");
    assertThat(open.file().closedAt()).isNotNull();
  }

  @Test
  void anotherBoardsPeopleAreNeitherFoundNorExportedNorTouched(Browser browser) {
    var theirs = driver.refer(CaseDriver.ELIGIBLE);
    for (String query :
        List.of("?query=" + theirs.caseNumber(), "?query=" + theirs.file().email())) {
      Page page = browser.open("/desk/participants" + query, "suffolk.staff");
      assertThat(page.locator("#found").getByRole(AriaRole.STATUS)).hasText("0 participants");
      assertThat(page.request().get("/desk/participants/export.csv" + query).text().lines())
          .hasSize(1);
    }
    driver.refer(Map.of("board", "suffolk"));
    Page page = browser.open("/desk/participants", "suffolk.staff");
    assertThat(page.request().get("/desk/participants?board=onondaga").status()).isEqualTo(404);
    assertThat(page.request().get("/desk/participants/export.csv?board=onondaga").status())
        .isEqualTo(404);
    assertThat(page.request().post("/desk/participants/actions").status()).isEqualTo(403);
    page.locator("tbody input[type=checkbox]")
        .first()
        .evaluate("(box, other) => { box.value = other; box.checked = true }", theirs.caseNumber());
    page.getByText("Do the same with all that are ticked").click();
    page.onDialog(dialog -> dialog.accept());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Stop mails")).click();
    assertThat(page.locator(".outcomes .failed")).containsText("There is no case");
    assertThat(theirs.file().mailsStopped()).isFalse();
  }
}
