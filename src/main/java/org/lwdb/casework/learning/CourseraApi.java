package org.lwdb.casework.learning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lwdb.casework.CaseworkSettings;
import org.lwdb.casework.NotFound;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Coursera for Government's API, where it is configured. Coursera's answers may repeat names and
 * addresses, so none of their text gets into an exception or a log.
 */
@Service("courseraApi")
public class CourseraApi {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /** A token is not used in the last minute of its life. */
  private static final Duration TOKEN_MARGIN = Duration.ofMinutes(1);

  private static final Pattern ERROR_CODE =
      Pattern.compile("\"errorCode\"\\s*:\\s*\"([A-Za-z_]{1,60})\"");

  private final CaseworkSettings.Coursera settings;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final ObjectMapper json;
  private final RestClient http;
  private Token token;

  CourseraApi(
      CaseworkSettings settings,
      JdbcClient jdbc,
      Clock clock,
      ObjectMapper json,
      RestClient.Builder http) {
    this.settings = settings.coursera();
    this.jdbc = jdbc;
    this.clock = clock;
    this.json = json;
    // Java's own client never repeats a POST by itself, which others do.
    this.http =
        http.requestFactory(
                ClientHttpRequestFactoryBuilder.jdk()
                    .withHttpClientCustomizer(client -> client.version(HttpClient.Version.HTTP_1_1))
                    .build(
                        ClientHttpRequestFactorySettings.defaults()
                            .withConnectTimeout(CONNECT_TIMEOUT)
                            .withReadTimeout(READ_TIMEOUT)
                            .withRedirects(ClientHttpRequestFactorySettings.Redirects.DONT_FOLLOW)))
            .build();
  }

  /** Whether invitations go through the API; otherwise staff send them in Coursera's console. */
  public boolean configured() {
    return settings.configured();
  }

  /**
   * Has Coursera invite the participant to the program, with the case number as external id. It may
   * be called again after a failure: that somebody is invited or a member already is success. The
   * caller records the date.
   *
   * @throws CallFailed with a sentence that says what to do: try later, or mend a setting
   */
  public void invite(long participantId) {
    if (!configured()) {
      throw new IllegalStateException(
          "Coursera's API is not configured: send the invitation in Coursera's console.");
    }
    Invitation invitation = invitation(participantId);
    Token used = token(null);
    Answer answer = post(invitation, used);
    if (answer.status() == 401) {
      answer = post(invitation, token(used));
    }
    if (!answer.isSuccess() && !answer.saysItIsDone()) {
      throw invitationFailed(invitation, answer);
    }
  }

  private Invitation invitation(long participantId) {
    return jdbc.sql(
            """
            select case_number as external_id, first_name || ' ' || last_name as full_name, email,
                   true as send_email
              from participant where id = ?
            """)
        .param(participantId)
        .query(Invitation.class)
        .optional()
        .orElseThrow(() -> new NotFound("There is no participant " + participantId + "."));
  }

  private Answer post(Invitation invitation, Token token) {
    return exchange(
        http.post()
            .uri(
                settings.baseUrl() + "/{organization}/programs/{program}/invitations",
                settings.organization(),
                settings.program())
            .headers(headers -> headers.setBearerAuth(token.value()))
            .contentType(MediaType.APPLICATION_JSON)
            .body(invitation));
  }

  /** The cached token, or a new one if that is about to expire or Coursera has rejected it. */
  private synchronized Token token(Token rejected) {
    if (token == null
        || token.equals(rejected)
        || clock.instant().isAfter(token.expiresAt().minus(TOKEN_MARGIN))) {
      token = newToken();
    }
    return token;
  }

  private Token newToken() {
    Answer answer =
        exchange(
            http.post()
                .uri(settings.tokenUrl())
                .headers(
                    headers -> headers.setBasicAuth(settings.clientId(), settings.clientSecret()))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body("grant_type=client_credentials"));
    if (!answer.isSuccess()) {
      throw answer.isPassing()
          ? tryLater(answer)
          : new CallFailed(
              "Coursera gives us no access token ("
                  + answer.status()
                  + "). Check casework.coursera.client-id, client-secret and token-url.");
    }
    try {
      JsonNode given = json.readTree(answer.body());
      String value = given.path("access_token").asText();
      if (!value.isEmpty()) {
        return new Token(value, clock.instant().plusSeconds(given.path("expires_in").asLong()));
      }
    } catch (JsonProcessingException e) {
      // The same sentence as for JSON without a token; the cause could show a part of it.
    }
    throw new CallFailed(
        "What answers at casework.coursera.token-url is not Coursera: there is no access token in"
            + " it.");
  }

  private static Answer exchange(RestClient.RequestHeadersSpec<?> request) {
    try {
      return request.exchange(
          (sent, response) ->
              new Answer(
                  response.getStatusCode().value(),
                  response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER),
                  StreamUtils.copyToString(response.getBody(), StandardCharsets.UTF_8)));
    } catch (ResourceAccessException e) {
      throw new CallFailed("Coursera could not be reached. Try again later.", e);
    }
  }

  private CallFailed invitationFailed(Invitation invitation, Answer answer) {
    if (answer.isPassing()) {
      return tryLater(answer);
    }
    return new CallFailed(
        switch (answer.status()) {
          case 401 ->
              "Coursera rejects a new access token (401). Check casework.coursera.client-id and"
                  + " client-secret.";
          case 403 ->
              "Coursera does not let us invite to program "
                  + settings.program()
                  + " (403). Ask Coursera to entitle our API client to it.";
          case 404 ->
              "Coursera does not know organization "
                  + settings.organization()
                  + " or its program "
                  + settings.program()
                  + " (404). Check casework.coursera.organization and program.";
          default ->
              "Coursera refuses the invitation of case "
                  + invitation.externalId()
                  + " ("
                  + answer.status()
                  + answer.errorCode()
                  + "). Check the name and the e-mail address, or invite in Coursera's console.";
        });
  }

  private CallFailed tryLater(Answer answer) {
    return new CallFailed(
        (answer.status() == 429
                ? "Coursera takes no more requests for now"
                : "Coursera is out of order")
            + " ("
            + answer.status()
            + "). Try again "
            + answer.whenToRetry()
            + ".");
  }

  /** A call to Coursera failed; the message says what to do and names nobody. */
  public static class CallFailed extends RuntimeException {
    CallFailed(String message) {
      super(message);
    }

    CallFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private record Invitation(String externalId, String fullName, String email, boolean sendEmail) {}

  private record Token(String value, Instant expiresAt) {}

  private record Answer(int status, String retryAfter, String body) {

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    boolean saysItIsDone() {
      return status >= 400
          && status < 500
          && (body.contains("INVITATION_ALREADY_EXISTS")
              || body.contains("MEMBERSHIP_ALREADY_EXISTS"));
    }

    boolean isPassing() {
      return status == 429 || status >= 500;
    }

    String errorCode() {
      Matcher code = ERROR_CODE.matcher(body);
      return code.find() ? ", " + code.group(1) : "";
    }

    /** Retry-After is a number of seconds or a date (RFC 9110, section 10.2.3). */
    String whenToRetry() {
      if (retryAfter == null) {
        return "later";
      }
      if (retryAfter.matches("\\d{1,9}")) {
        return "in " + retryAfter + " seconds";
      }
      try {
        return "after "
            + ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      } catch (DateTimeParseException e) {
        return "later";
      }
    }
  }
}
