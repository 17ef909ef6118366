package org.lwdb.casework.browser;

import com.icegreen.greenmail.util.GreenMail;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import org.lwdb.casework.mail.Sender;

/** The mails that a learner has got, as a mail program shows them. */
record LearnersMail(Sender sender, GreenMail server) {

  /** Sends what is due and shows the newest mail to this address. */
  Page read(Browser browser, String address) {
    while (sender.sendDue() > 0) {
      // One round sends a part of them.
    }
    MimeMessage[] mails = server.getReceivedMessagesForDomain(address);
    Page page = browser.open("about:blank");
    try {
      page.setContent(html(mails[mails.length - 1]));
    } catch (MessagingException | IOException e) {
      throw new AssertionError(e);
    }
    return page;
  }

  /** Where the newest mail's link of this name leads, in the application under test. */
  String link(Browser browser, String address, String name) {
    return URI.create(
            read(browser, address)
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name))
                .getAttribute("href"))
        .getRawPath();
  }

  private static String html(Part part) throws MessagingException, IOException {
    if (part.isMimeType("text/html")) {
      return (String) part.getContent();
    }
    String html = null;
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount() && html == null; i++) {
        html = html(parts.getBodyPart(i));
      }
    }
    return html;
  }
}
