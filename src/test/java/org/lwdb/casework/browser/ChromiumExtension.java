package org.lwdb.casework.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.lwdb.casework.MovableClock;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * One browser for all tests. Before each the clock is at its start; a failed one leaves a picture
 * of its page in {@code target/browser}.
 */
class ChromiumExtension
    implements ExecutionCondition,
        BeforeEachCallback,
        ParameterResolver,
        AfterTestExecutionCallback {

  private static final Namespace NAMESPACE = Namespace.create(ChromiumExtension.class);

  private record Kept(Browser browser) implements Store.CloseableResource {
    @Override
    public void close() {
      browser.close();
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Files.exists(Browser.CHROMIUM)) {
      return ConditionEvaluationResult.enabled(null);
    }
    String why = "The browser tests are skipped: there is no " + Browser.CHROMIUM + ".";
    context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            "said",
            key -> {
              System.out.println(why);
              return true;
            });
    return ConditionEvaluationResult.disabled(why);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    application(context).getBean(MovableClock.class).reset();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Browser resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return browser(context);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      browser(context)
          .screenshot(
              Path.of(
                  "target/browser",
                  context.getRequiredTestClass().getSimpleName()
                      + "."
                      + context.getRequiredTestMethod().getName()
                      + ".png"));
    }
  }

  private static Browser browser(ExtensionContext context) {
    String address =
        "http://localhost:"
            + application(context).getEnvironment().getRequiredProperty("local.server.port");
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(address, key -> new Kept(new Browser(key)), Kept.class)
        .browser();
  }

  private static ApplicationContext application(ExtensionContext context) {
    return SpringExtension.getApplicationContext(context);
  }
}
