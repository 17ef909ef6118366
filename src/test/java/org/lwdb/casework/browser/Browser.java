package org.lwdb.casework.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.util.FileSystemUtils;

/** Debian's Chromium in front of the running application, used by one person after the other. */
public class Browser implements AutoCloseable {

  /** What is not there is neither downloaded nor looked for elsewhere. */
  public static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private static final double PATIENCE = 30_000; // milliseconds, on a busy machine

  private final Path profile;
  private final Playwright playwright;
  private final BrowserContext context;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /**
   * @param address where the application is, such as {@code http://localhost:8080}
   */
  public Browser(String address) {
    try {
      profile = Files.createTempDirectory("casework-browser");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    playwright = Playwright.create();
    context =
        playwright
            .chromium()
            .launchPersistentContext(
                profile,
                new LaunchPersistentContextOptions()
                    .setExecutablePath(CHROMIUM)
                    .setHeadless(true)
                    .setBaseURL(address)
                    .setViewportSize(1280, 900)
                    .setLocale("en-US")
                    .setTimezoneId("America/New_York")
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    context.setDefaultTimeout(PATIENCE);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  /** A page for somebody new: whoever sat here before has left, and took the session along. */
  public Page open(String path) {
    List<Page> left = List.copyOf(context.pages());
    Page page = context.newPage();
    left.forEach(Page::close);
    context.clearCookies();
    complaints.clear();
    page.onResponse(
        answer -> {
          if (answer.status() >= 400) {
            complaints.add(answer.request().method() + " " + answer.url() + " " + answer.status());
          }
        });
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.navigate(path);
    return page;
  }

  /** A page for this person, who has signed in on the way to it. */
  public Page open(String path, String username) {
    Page page = open(path);
    signIn(page, username);
    page.waitForURL(url -> !url.contains("/sign-in"));
    return page;
  }

  static void signIn(Page page, String username) {
    page.getByLabel("User name").fill(username);
    page.getByLabel("Password").fill("demo");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
  }

  /** What the application refused since the page was opened, and what the page could not do. */
  public List<String> complaints() {
    return complaints;
  }

  /** The page that is open, as a picture. */
  public void screenshot(Path file) {
    context.pages().get(0).screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  @Override
  public void close() {
    try (playwright) {
      context.close();
    } finally {
      FileSystemUtils.deleteRecursively(profile.toFile());
    }
  }
}
