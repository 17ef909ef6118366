package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.participant.Participants;
import org.lwdb.casework.process.CaseDriver;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.lwdb.casework.process.ChangeDriver;
import org.lwdb.casework.process.ChangeDriver.Team;
import org.lwdb.casework.process.Journey;
import org.springframework.beans.factory.annotation.Autowired;

@BrowserTest
class CockpitIT {

  private static final String COCKPIT = "/camunda/app/cockpit/default/";

  @Autowired CaseDriver driver;
  @Autowired ChangeDriver changes;
  @Autowired Journey journey;
  @Autowired Participants participants;
  @Autowired MovableClock clock;

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

  @Test
  void theDashboardTellsASupervisorWhatToLookAfter(Browser browser) {
    Team team = changes.team("monroe");
    refer("monroe");
    refer("monroe");
    refer("erie");
    team.approved("2021-03-01", "2021-03-02");
    clock.advance(Period.ofDays(5));

    Page page = browser.open(COCKPIT, team.user("supervisor"));
    assertThat(row(page, "Cases by stage", "Outreach")).hasText("Outreach2");
    assertThat(row(page, "Cases by stage", "Learning")).hasText("Learning0");
    assertThat(row(page, "Reminders due in the next seven days", "02/08/2021"))
        .hasText("Mon, 02/08/2021200");
    assertThat(row(page, "Overdue tasks", "Record NYSDOL’s confirmation"))
        .hasText("Record NYSDOL’s confirmation102/04/2021");
    assertThat(page.getByText("Every mail went out.")).isVisible();
    assertThat(page.getByLabel("Board")).hasCount(0);
    isForEverybody(page);
    assertThat(browser.complaints()).isEmpty();
    page.getByLabel("Cases at Outreach: 2").click();
    assertThat(page.locator("tbody tr")).hasCount(2);
    page.goBack();
    page.getByLabel("Record NYSDOL’s confirmation, overdue: 1").click();
    assertThat(page.locator(".tasks-list").getByText("Record NYSDOL’s confirmation")).isVisible();
  }

  @Test
  void nysdolChoosesABoardAndStartsWhatMendsIt(Browser browser) {
    refer("erie");
    Page page = browser.open(COCKPIT, "nysdol");
    assertThat(page.locator(".casework-figures li").getByText("Erie")).isVisible();
    page.getByLabel("Board").selectOption("erie");
    assertThat(page.locator(".casework-figures li")).hasCount(1);
    assertThat(page.getByLabel("Cases at Outreach:"))
        .hasAttribute("href", "/desk/participants?board=erie&stage=OUTREACH");
    isForEverybody(page);
    page.locator(".casework-figures")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Tasklist"))
        .click();
    assertThat(page.locator(".modal-body").getByText("Attachment A: Change")).isVisible();
  }

  @Test
  void theJourneyTellsHowLongCasesStayAtEachStep(Browser browser) {
    String supervisor = changes.team("orange").user("supervisor");
    long invited = refer("orange");
    long closed = refer("orange");
    clock.advance(Period.ofDays(3));
    journey.answer(invited, "INTERESTED");
    clock.advance(Period.ofDays(2));
    journey.close(closed, "WITHDRAWN", null, null);

    Page page = browser.open(COCKPIT, supervisor);
    page.navigate(COCKPIT + "#/processes");
    page.getByText("Participant journey").first().click();
    page.getByText("Time at each step").click();
    String steps = "How long cases stay at each step, in days";
    assertThat(row(page, steps, "Outreach").locator("td"))
        .hasText(new String[] {"2", "4.0", "4.8", "0"});
    assertThat(row(page, steps, "Invitation").locator("td"))
        .hasText(new String[] {"0", "none yet", "none yet", "1"});
    assertThat(row(page, "Why cases were closed", "Withdrew")).hasText("Withdrew1");
    isForEverybody(page);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theWayBackToTheDeskStandsInTheMenu(Browser browser) {
    Page page = browser.open(COCKPIT, "onondaga.supervisor");
    for (String app : List.of("cockpit", "tasklist")) {
      page.navigate("/camunda/app/" + app + "/default/");
      assertThat(
              page.locator(".sections-menu")
                  .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Desk")))
          .hasAttribute("href", "/desk");
      assertThat(page.locator(".ce-eol-banner")).isHidden();
    }
  }

  @Test
  void theEndOfLifeIsAnnouncedToOperatorsWhoCanActOnIt(Browser browser) {
    Page page = browser.open("/camunda/app/admin/default/", "operator");
    assertThat(page.locator(".ce-eol-banner")).isVisible();
    for (String app : List.of("cockpit", "tasklist", "welcome")) {
      page.navigate("/camunda/app/" + app + "/default/");
      assertThat(page.locator(".ce-eol-banner")).isVisible();
    }
  }

  private long refer(String board) {
    Map<String, Object> person = new HashMap<>(CaseDriver.ELIGIBLE);
    person.put("board", board);
    return participants.require(driver.refer(person).caseNumber(), Set.of(board)).id();
  }

  private static Locator row(Page page, String table, String header) {
    return page.getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName(table))
        .getByRole(AriaRole.ROW)
        .filter(
            new Locator.FilterOptions()
                .setHas(
                    page.getByRole(
                        AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName(header))));
  }

  /** Of what is ours in the webapp. */
  private static void isForEverybody(Page page) {
    assertThat(new AxeBuilder(page).include(".casework-figures").analyze().getViolations())
        .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
        .isEmpty();
  }

  private static Locator tokens(Page page, String activity) {
    return page.locator("[data-container-id=" + activity + "] .instance-count");
  }
}
