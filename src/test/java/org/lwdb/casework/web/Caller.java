package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Somebody who calls the application over HTTP, signed in with HTTP basic or not at all. */
class Caller {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port;
  private final String authorization;

  /**
   * @param username null: nobody is signed in
   */
  Caller(int port, String username) {
    this.port = port;
    this.authorization =
        username == null
            ? null
            : "Basic "
                + Base64.getEncoder()
                    .encodeToString((username + ":demo").getBytes(StandardCharsets.UTF_8));
  }

  Caller withoutSignIn() {
    return new Caller(port, null);
  }

  Answer get(String path) {
    return send("GET", path, null, null);
  }

  /** As a browser asks for a page. */
  Answer open(String path) {
    return send(request("GET", path, null).header("Accept", "text/html,*/*;q=0.8"));
  }

  Answer post(String path, String json) {
    return send("POST", path, "application/json", json);
  }

  Answer patch(String path, String json) {
    return send("PATCH", path, "application/json", json);
  }

  Answer upload(String path, String fileName, String content) {
    String boundary = "boundary";
    String body =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--%s--\r\n"
            .formatted(boundary, fileName, content, boundary);
    return send("POST", path, "multipart/form-data; boundary=" + boundary, body);
  }

  Answer send(String method, String path, String contentType, String body) {
    HttpRequest.Builder request = request(method, path, body);
    return send(contentType == null ? request : request.header("Content-Type", contentType));
  }

  private HttpRequest.Builder request(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Takes in somebody who is known by a name and a new address only, and answers the case number.
   */
  String refer() {
    return refer(newEmail());
  }

  String refer(String email) {
    return post("/api/participants", person(email)).with(201).json().get("caseNumber").asText();
  }

  static String person(String email) {
    return "{\"firstName\": \"Ada\", \"lastName\": \"Example\", \"email\": \"" + email + "\"}";
  }

  static String newEmail() {
    return "ada." + UUID.randomUUID() + "@example.org";
  }

  /** What came back. */
  record Answer(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    String body() {
      return response.body();
    }

    JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (JsonProcessingException e) {
        throw new AssertionError("No JSON: " + body(), e);
      }
    }

    Answer with(int status) {
      assertThat(status()).as(body()).isEqualTo(status);
      return this;
    }

    /** A problem as RFC 9457 has it, in words. */
    Answer problem(int status) {
      with(status);
      assertThat(header("Content-Type")).startsWith("application/problem+json");
      assertThat(json().path("status").asInt()).isEqualTo(status);
      assertThat(json().path("title").asText()).isNotBlank();
      assertThat(json().path("detail").asText()).isNotBlank();
      assertThat(body())
          .doesNotContain("Exception")
          .doesNotContain("org.lwdb")
          .doesNotContain("\tat ")
          .doesNotContain("java.");
      return this;
    }

    List<String> fields() {
      return json().path("errors").findValuesAsText("field");
    }
  }
}
