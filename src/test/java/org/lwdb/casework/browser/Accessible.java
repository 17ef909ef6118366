package org.lwdb.casework.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** What each of our pages must be: WCAG 2.1 AA as axe sees it, and nothing cut off on a phone. */
final class Accessible {

  private Accessible() {}

  static void isForEverybody(Page page, String heading) {
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
        .containsText(heading);
    assertThat(new AxeBuilder(page).analyze().getViolations())
        .as(page.url())
        .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
        .isEmpty();
    page.setViewportSize(360, 640);
    assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    page.setViewportSize(1280, 900);
  }
}
