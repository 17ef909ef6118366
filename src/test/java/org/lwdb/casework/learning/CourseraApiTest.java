package org.lwdb.casework.learning;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Timestamp;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CaseworkTest
class CourseraApiTest {

  private static final String INVITATIONS = "/businesses.v1/org-1/programs/program-1/invitations";

  @RegisterExtension
  static WireMockExtension coursera =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @Autowired CourseraApi unconfigured;
  @Autowired JdbcClient jdbc;
  @Autowired MovableClock clock;
  @Autowired ObjectMapper json;

  private CourseraApi api;
  private long ada;

  @BeforeEach
  void configure() {
    clock.reset();
    api = CourseraApis.at(coursera.baseUrl(), jdbc, clock, json);
    ada =
        jdbc.sql(
                """
                insert into participant (case_number, board_id, stage, stage_since, first_name,
                  last_name, email, accountability_since, opened_at)
                values ('C' || nextval('case_number_seq'), 'onondaga', 'INVITATION', ?, 'Ada',
                  'Example', 'Ada@example.org', '2021-02-01', ?)
                returning id
                """)
            .params(Timestamp.from(clock.instant()), Timestamp.from(clock.instant()))
            .query(Long.class)
            .single();
    tokenIs("token-1");
    invitationAnswers(okJson("{\"elements\": []}"));
  }

  @Test
  void isNotConfiguredByDefaultAndSaysSo() {
    assertThat(unconfigured.configured()).isFalse();
    assertThatThrownBy(() -> unconfigured.invite(ada)).hasMessageContaining("not configured");
    assertThat(api.configured()).isTrue();
  }

  @Test
  void invitesWithTheCaseNumberAsExternalId() {
    String caseNumber =
        jdbc.sql("select case_number from participant where id = ?")
            .param(ada)
            .query(String.class)
            .single();

    api.invite(ada);

    coursera.verify(
        1,
        postRequestedFor(urlEqualTo("/token"))
            .withBasicAuth(new BasicCredentials("client", "s3cret"))
            .withFormParam("grant_type", equalTo("client_credentials")));
    coursera.verify(
        1,
        postRequestedFor(urlEqualTo(INVITATIONS))
            .withHeader("Authorization", equalTo("Bearer token-1"))
            .withRequestBody(
                equalToJson(
                    """
                    {"externalId": "%s", "fullName": "Ada Example", "email": "Ada@example.org",
                     "sendEmail": true}
                    """
                        .formatted(caseNumber))));
  }

  @Test
  void tokenServesUntilShortlyBeforeItExpires() {
    api.invite(ada);
    clock.advance(Duration.ofSeconds(1799 - 60));
    api.invite(ada);
    coursera.verify(1, postRequestedFor(urlEqualTo("/token")));

    clock.advance(Duration.ofSeconds(1));
    api.invite(ada);
    coursera.verify(2, postRequestedFor(urlEqualTo("/token")));
  }

  @ParameterizedTest
  @CsvSource({"400, INVITATION_ALREADY_EXISTS", "409, MEMBERSHIP_ALREADY_EXISTS"})
  void whoeverIsInvitedOrAMemberAlreadyIsInvited(int status, String code) {
    invitationAnswers(error(status, code));

    api.invite(ada);

    coursera.verify(1, postRequestedFor(urlEqualTo(INVITATIONS)));
  }

  @Test
  void rejectedTokenIsRenewedOnce() {
    api.invite(ada);
    coursera.stubFor(
        post(INVITATIONS)
            .withHeader("Authorization", equalTo("Bearer token-1"))
            .willReturn(status(401)));
    tokenIs("token-2");

    api.invite(ada);

    coursera.verify(
        1,
        postRequestedFor(urlEqualTo(INVITATIONS))
            .withHeader("Authorization", equalTo("Bearer token-2")));
    coursera.verify(2, postRequestedFor(urlEqualTo("/token")));
  }

  @Test
  void tokenThatIsRejectedAgainIsAMatterOfTheSettings() {
    invitationAnswers(status(401));

    assertThat(failure()).contains("401").contains("casework.coursera.client-id");
    coursera.verify(2, postRequestedFor(urlEqualTo(INVITATIONS)));
  }

  @Test
  void missingEntitlementAndWrongOrganizationSayWhatToDo() {
    invitationAnswers(error(403, "Not authorized"));
    assertThat(failure()).contains("403").contains("entitle");

    invitationAnswers(status(404));
    assertThat(failure()).contains("404").contains("casework.coursera.organization");
  }

  @Test
  void passingTroubleSaysWhenToTryAgainAndRepeatsNothingByItself() {
    invitationAnswers(status(429).withHeader("Retry-After", "120"));
    assertThat(failure()).contains("429").contains("Try again in 120 seconds");
    coursera.verify(1, postRequestedFor(urlEqualTo(INVITATIONS)));

    invitationAnswers(status(503).withHeader("Retry-After", "Mon, 01 Feb 2021 16:00:00 GMT"));
    assertThat(failure()).contains("503").contains("Try again after 2021-02-01T16:00:00Z");

    invitationAnswers(status(500).withHeader("Retry-After", "<b>soon</b>"));
    assertThat(failure()).contains("500").contains("Try again later").doesNotContain("soon");
  }

  @Test
  void connectionThatBreaksIsToBeTriedLater() {
    invitationAnswers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(failure()).contains("could not be reached").contains("later");
    coursera.verify(1, postRequestedFor(urlEqualTo(INVITATIONS)));
  }

  @Test
  void refusalShowsTheErrorCodeAndNothingPersonal() {
    invitationAnswers(
        jsonResponse(
            "{\"errorCode\": \"INVALID_EMAIL\", \"message\": \"Ada@example.org of Ada Example\"}",
            400));

    Throwable failed = Assertions.catchThrowable(() -> api.invite(ada));

    assertThat(failed).hasMessageContaining("400, INVALID_EMAIL");
    StringWriter trace = new StringWriter();
    failed.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContainIgnoringCase("ada@").doesNotContain("Ada Example");
  }

  @Test
  void tokenServiceThatFailsSaysWhatToDo() {
    coursera.stubFor(post("/token").willReturn(status(401)));
    assertThat(failure()).contains("401").contains("casework.coursera.client-id");

    coursera.stubFor(post("/token").willReturn(status(503)));
    assertThat(failure()).contains("503").contains("Try again later");
    coursera.verify(0, postRequestedFor(urlEqualTo(INVITATIONS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Welcome</html>", "{}", ""})
  void whatIsNoTokenServiceIsNamed(String body) {
    coursera.stubFor(post("/token").willReturn(aResponse().withBody(body)));

    assertThat(failure()).contains("casework.coursera.token-url");
  }

  private String failure() {
    return Assertions.catchThrowableOfType(CourseraApi.CallFailed.class, () -> api.invite(ada))
        .getMessage();
  }

  private static void tokenIs(String token) {
    coursera.stubFor(
        post("/token")
            .willReturn(
                okJson(
                    "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": 1799}"
                        .formatted(token))));
  }

  private static void invitationAnswers(ResponseDefinitionBuilder answer) {
    coursera.stubFor(post(INVITATIONS).willReturn(answer));
  }

  private static ResponseDefinitionBuilder error(int status, String code) {
    return jsonResponse("{\"errorCode\": \"%s\", \"message\": \"\"}".formatted(code), status);
  }
}
