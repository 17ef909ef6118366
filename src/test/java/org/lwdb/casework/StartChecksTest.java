package org.lwdb.casework;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class StartChecksTest {

  @Test
  void everySettingThatIsMissingIsNamedWithItsVariable() {
    assertThatThrownBy(() -> StartChecks.checkGiven(new MockEnvironment()))
        .isInstanceOf(CannotStart.class)
        .hasMessageContainingAll("SPRING_DATASOURCE_URL", "SPRING_MAIL_HOST", "CASEWORK_MAIL_FROM");
    MockEnvironment settings =
        new MockEnvironment()
            .withProperty("spring.datasource.url", "jdbc:postgresql://db/casework")
            .withProperty("casework.mail.from", "casework@example.org");
    assertThatThrownBy(() -> StartChecks.checkGiven(settings))
        .hasMessage(
            "Coursera Casework needs settings that are missing: give the SMTP server"
                + " (SPRING_MAIL_HOST).");
    assertThatCode(
            () -> StartChecks.checkGiven(settings.withProperty("spring.mail.host", "localhost")))
        .doesNotThrowAnyException();
  }

  @Test
  void aDatabaseThatCannotBeOpenedIsNamedWithoutItsPassword() {
    for (String url :
        new String[] {
          "jdbc:postgresql://127.0.0.1:1/casework?user=u&password=secret",
          "jdbc:other:casework?password=secret"
        }) {
      assertThatThrownBy(
              () ->
                  StartChecks.checkDatabase(
                      new MockEnvironment().withProperty("spring.datasource.url", url)))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining(url.substring(0, url.indexOf('?')))
          .message()
          .doesNotContain("secret");
    }
  }
}
