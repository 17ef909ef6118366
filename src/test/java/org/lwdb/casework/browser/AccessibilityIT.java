package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.lwdb.casework.browser.Accessible.isForEverybody;

import com.icegreen.greenmail.util.GreenMail;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.MovableClock;
import org.lwdb.casework.mail.Sender;
import org.lwdb.casework.process.CaseDriver;
import org.lwdb.casework.process.ChangeDriver;
import org.springframework.beans.factory.annotation.Autowired;

/** Our own pages are for everybody: WCAG 2.1 AA, by keyboard alone, on a phone. */
@BrowserTest
class AccessibilityIT {

  private static final String BAD_LINK = "/r/cut-off";

  @Autowired CaseDriver driver;
  @Autowired ChangeDriver changes;
  @Autowired MovableClock clock;
  @Autowired Sender sender;
  @Autowired GreenMail mails;

  @Test
  void staffSignInAndStart(Browser browser) {
    Page page = browser.open("/");
    isForEverybody(page, "Sign in");
    Browser.signIn(page, "nobody");
    page.waitForURL("**/sign-in?error");
    isForEverybody(page, "Sign in");
    for (String username : List.of("onondaga.staff", "nysdol", "operator")) {
      isForEverybody(browser.open("/", username), "Today");
    }
  }

  @Test
  void aNewAdministratorChoosesAPassword(Browser browser) {
    clock.reset();
    var team = changes.team("dutchess");
    String path = team.approved("2021-02-01", "2021-02-01").passwordPath();
    Page page = browser.open(path);
    isForEverybody(page, "Choose a password");
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill("short");
    page.getByLabel("The same password again").fill("short");
    page.getByRole(AriaRole.BUTTON).click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("too weak");
    isForEverybody(page, "Choose a password");
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
        .fill("Correct-Horse-9");
    page.getByLabel("The same password again").fill("Correct-Horse-9");
    page.getByRole(AriaRole.BUTTON).click();
    assertThat(page.getByText("Your password is set")).isVisible();
    isForEverybody(browser.open(path), "This link works no more");
  }

  @Test
  void learnersReadAnswerAndLeave(Browser browser) {
    LearnersMail mail = new LearnersMail(sender, mails);
    String address = driver.refer(CaseDriver.ELIGIBLE).file().email();
    isForEverybody(mail.read(browser, address), "Learn new skills online");
    for (String[] choice :
        new String[][] {
          {"Yes, I’m interested", "Do you want to learn on Coursera"},
          {"Please call me", "Do you want to talk with somebody first?"},
          {"Stop these mails", "Do you want no more e-mails from us?"},
          {"No, thank you", "Are you not interested"}
        }) {
      Page page = browser.open(mail.link(browser, address, choice[0]));
      isForEverybody(page, choice[1]);
      page.getByRole(AriaRole.BUTTON).click();
      isForEverybody(page, "Thank you");
    }
    isForEverybody(browser.open(mail.link(browser, address, "Please call me")), "Your file");
    isForEverybody(browser.open(BAD_LINK), "This link does not work");
  }

  @Test
  void staffSignInByKeyboardAlone(Browser browser) {
    Page page = browser.open("/");
    Keyboard keys = page.keyboard();
    assertThat(page.getByLabel("User name")).isFocused();
    keys.type("onondaga.staff");
    keys.press("Tab");
    keys.type("demo");
    keys.press("Tab");
    isSeenToHaveFocus(
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")));
    keys.press("Enter");
    page.waitForURL("**/desk");
    Locator tasklist =
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Tasklist"));
    keys.press("Tab"); // Skip to the content
    keys.press("Tab"); // Coursera Casework
    keys.press("Tab");
    isSeenToHaveFocus(tasklist);
    keys.press("Enter");
    page.waitForURL("**/tasklist/**");
  }

  @Test
  void aLearnerAnswersByKeyboardAlone(Browser browser) {
    var traced = driver.refer(CaseDriver.ELIGIBLE);
    Page page =
        browser.open(
            new LearnersMail(sender, mails).link(browser, traced.file().email(), "Please call me"));
    page.keyboard().press("Tab");
    isSeenToHaveFocus(page.getByRole(AriaRole.BUTTON));
    page.keyboard().press("Enter");
    assertThat(page.getByText("Your answer has been recorded")).isVisible();
    traced.process().isWaitingAt("CallPerson");
  }

  private static void isSeenToHaveFocus(Locator element) {
    assertThat(element).isFocused();
    assertThat(element).hasCSS("outline-style", "solid");
  }
}
