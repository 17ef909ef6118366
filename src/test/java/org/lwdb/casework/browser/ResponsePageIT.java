package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.mail.Sender;
import org.lwdb.casework.process.CaseDriver;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.springframework.beans.factory.annotation.Autowired;

@BrowserTest
class ResponsePageIT {

  @Autowired CaseDriver driver;
  @Autowired Sender sender;
  @Autowired GreenMail mails;

  @Test
  void theButtonBehindALinkOfTheMailRecordsTheAnswer(Browser browser) {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    Page page = browser.open(link(browser, traced, "Yes, I’m interested"));
    assertThat(page.getByText("Nothing is recorded until you press the button")).isVisible();
    traced.process().isWaitingAt("WaitForAnswer");
    assertThat(traced.file().outreachAnswer()).isNull();

    press(page, "Yes, I am interested");
    assertThat(page.getByText("Your answer has been recorded")).isVisible();
    traced.process().isWaitingAt("InviteInCoursera");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theLinkAtTheEndOfTheMailStopsMails(Browser browser) {
    TracedCase traced = driver.refer(CaseDriver.ELIGIBLE);
    Page page = browser.open(link(browser, traced, "Stop these mails"));
    assertThat(page.getByText("Nothing is recorded until you press the button")).isVisible();
    assertThat(traced.file().mailsStopped()).isFalse();

    press(page, "Send me no more e-mails");
    assertThat(page.getByText("Your answer has been recorded")).isVisible();
    assertThat(traced.file().mailsStopped()).isTrue();

    driver.answer(traced, "INTERESTED");
    traced.submit("InviteInCoursera", Map.of("sentOn", "2021-02-01"));
    assertThat(traced.mails())
        .containsExactlyInAnyOrder("OUTREACH ACCEPTED", "INVITATION SUPPRESSED");
  }

  private String link(Browser browser, TracedCase traced, String name) {
    return new LearnersMail(sender, mails).link(browser, traced.file().email(), name);
  }

  private static void press(Page page, String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }
}
