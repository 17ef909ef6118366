package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.lwdb.casework.TestHttp;

/** Somebody who calls the application over HTTP, signed in with HTTP basic or not at all. */
class Caller {

  private final TestHttp http;

  /**
   * @param username null: nobody is signed in
   */
  Caller(int port, String username) {
    this.http = username == null ? new TestHttp(port) : new TestHttp(port).as(username);
  }

  Answer get(String path) {
    return new Answer(http.get(path));
  }

  /** As a browser asks for a page. */
  Answer open(String path) {
    return new Answer(http.get(path, "Accept", "text/html,*/*;q=0.8"));
  }

  Answer post(String path, String json) {
    return new Answer(http.post(path, json));
  }

  Answer patch(String path, String json) {
    return send("PATCH", path, "application/json", json);
  }

  Answer upload(String path, String fileName, String content) {
    return new Answer(http.upload(path, fileName, content));
  }

  Answer upload(String path, String fileName, byte[] content, String... headers) {
    return new Answer(http.upload(path, fileName, content, headers));
  }

  Answer send(String method, String path, String contentType, String body) {
    return new Answer(
        contentType == null
            ? http.send(method, path, body)
            : http.send(method, path, body, "Content-Type", contentType));
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

  /** Takes in somebody to whom the action at this path can be done. */
  String referFor(String path) {
    String answers =
        path.endsWith("invitation")
            ? "\"militarySpouse\": true"
            : path.endsWith("eligibility")
                ? "\"employmentStatus\": \"UNDEREMPLOYED\", \"separationReason\": \"NONE\","
                    + " \"displacedHomemaker\": false, \"militarySpouse\": false,"
                    + " \"covidReason\": \"NONE\""
                : "";
    String person =
        person(newEmail()).replace("{\"first", "{\"eligibility\": {" + answers + "}, \"first");
    return post("/api/participants", person).with(201).json().get("caseNumber").asText();
  }

  static String person(String email) {
    return "{\"firstName\": \"Ada\", \"lastName\": \"Example\", \"email\": \"" + email + "\"}";
  }

  static String newEmail() {
    return "ada." + UUID.randomUUID() + "@example.org";
  }

  /** What came back. */
  record Answer(TestHttp.Answer response) {

    int status() {
      return response.status();
    }

    String header(String name) {
      return response.header(name);
    }

    String body() {
      return response.body();
    }

    JsonNode json() {
      return response.json();
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
