package org.lwdb.casework.process;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.lwdb.casework.CaseworkTest;
import org.lwdb.casework.process.CaseDriver.TracedCase;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The path of a board for which Coursera's API is set up. */
@CaseworkTest
class InviteThroughApiTest {

  @RegisterExtension
  static WireMockExtension coursera =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @Autowired CaseDriver driver;

  @DynamicPropertySource
  static void coursera(DynamicPropertyRegistry properties) {
    properties.add("casework.coursera.base-url", () -> coursera.baseUrl() + "/businesses.v1");
    properties.add("casework.coursera.token-url", () -> coursera.baseUrl() + "/token");
    properties.add("casework.coursera.organization", () -> "org-1");
    properties.add("casework.coursera.program", () -> "program-1");
    properties.add("casework.coursera.client-id", () -> "client");
    properties.add("casework.coursera.client-secret", () -> "secret");
  }

  @BeforeEach
  void startOfFebruary() {
    driver.clock.reset();
    coursera.stubFor(
        post("/token").willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":1799}")));
  }

  @Test
  void whoIsInterestedIsInvitedWithoutATask() {
    coursera.stubFor(post(urlPathMatching("/businesses.v1/.*")).willReturn(okJson("{}")));
    TracedCase traced = driver.interested();
    traced.run("InviteThroughApi");
    traced.hasPassed("InviteThroughApi", "Invited", "SendWordOfInvitation");
    assertThat(traced.file().invitedOn()).isEqualTo(LocalDate.of(2021, 2, 1));
    coursera.verify(
        1,
        postRequestedFor(urlPathMatching("/businesses.v1/org-1/programs/program-1/invitations"))
            .withRequestBody(matchingJsonPath("externalId", equalTo(traced.caseNumber()))));
  }

  @Test
  void aFailingApiIsTriedAgainAndAnExistingInvitationCounts() {
    coursera.stubFor(post(urlPathMatching("/businesses.v1/.*")).willReturn(serverError()));
    TracedCase traced = driver.interested();
    assertThatThrownBy(() -> traced.run("InviteThroughApi")).isInstanceOf(Exception.class);
    assertThat(traced.job("InviteThroughApi").getRetries()).isEqualTo(4);
    assertThat(traced.file().invitedOn()).isNull();

    coursera.stubFor(
        post(urlPathMatching("/businesses.v1/.*"))
            .willReturn(jsonResponse("{\"errorCode\":\"INVITATION_ALREADY_EXISTS\"}", 400)));
    traced.run("InviteThroughApi");
    traced.process().isWaitingAt("NextReminderToEnrollDue");
  }
}
