package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.lwdb.casework.browser.Accessible.isForEverybody;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.mail.MessageView;
import org.lwdb.casework.mail.Messages;
import org.lwdb.casework.mail.Sender;
import org.lwdb.casework.process.CaseDriver;
import org.springframework.beans.factory.annotation.Autowired;

/** The desk's outbox: what was sent to whom, and how a letter reads before it is. */
@BrowserTest
class MessagesIT {

  @Autowired CaseDriver driver;
  @Autowired Messages messages;
  @Autowired Sender sender;

  @Test
  void aMailIsFoundAndReadAsItWasSent(Browser browser) {
    var traced = driver.refer(CaseDriver.ELIGIBLE);
    sender.sendDue();
    MessageView mail = messages.of(traced.id()).get(0);
    Page page = browser.open("/desk/messages", "onondaga.staff");
    isForEverybody(page, "Messages");
    page.getByLabel("Address, subject or case number").fill(traced.caseNumber());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search")).click();
    page.locator("tbody").getByRole(AriaRole.LINK).first().click();
    isForEverybody(page, mail.subject());
    assertThat(page.locator("pre")).containsText("Hello Trace");
    APIResponse asMail = page.request().get("/desk/messages/" + mail.id() + "/mail");
    assertThat(asMail.text()).contains("Hello Trace");
    assertThat(asMail.headers().get("content-security-policy")).contains("sandbox");
  }

  @Test
  void aLetterIsPreviewedWithAPersonsDataAndNobodyCanAnswerWithIt(Browser browser) {
    var traced = driver.refer(CaseDriver.ELIGIBLE);
    int before = messages.of(traced.id()).size();
    Page page = browser.open("/desk/messages", "onondaga.staff");
    page.locator("select[name=template]").selectOption("OUTREACH_FOLLOW_UP");
    page.getByLabel("Case number of a participant").fill(traced.caseNumber());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Preview")).click();
    isForEverybody(page, "Preview: Outreach follow up");
    assertThat(page.locator("pre")).containsText("Hello Trace");
    String html =
        page.request()
            .get(
                "/desk/messages/preview/mail?template=OUTREACH_FOLLOW_UP&caseNumber="
                    + traced.caseNumber())
            .text();
    assertThat(html).contains("/r/preview").doesNotContain("/r/ey");
    assertThat(messages.of(traced.id())).hasSize(before);

    page.navigate(
        "/desk/messages/preview?template=CONGRATULATION&caseNumber=" + traced.caseNumber());
    assertThat(page.getByText("this participant has none")).isVisible();
  }

  @Test
  void anotherBoardsMailsAreNeitherFoundNorReadNorSent(Browser browser) {
    var theirs = driver.refer(CaseDriver.ELIGIBLE);
    MessageView mail = messages.of(theirs.id()).get(0);
    Page page = browser.open("/desk/messages?query=" + theirs.caseNumber(), "suffolk.supervisor");
    assertThat(page.getByText("No mail matches")).isVisible();
    for (String path :
        List.of(
            "/desk/messages/" + mail.id(),
            "/desk/messages/" + mail.id() + "/mail",
            "/desk/messages/preview?template=OUTREACH&caseNumber=" + theirs.caseNumber(),
            "/desk/messages/preview/mail?template=OUTREACH&caseNumber=" + theirs.caseNumber(),
            "/desk/messages?board=onondaga")) {
      assertThat(page.request().get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(page.request().post("/desk/messages/retry").status()).isEqualTo(403);
  }
}
