package org.lwdb.casework.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.lwdb.casework.CaseworkTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@CaseworkTest
class OpenApiTest {

  private final int port;

  OpenApiTest(@LocalServerPort int port) {
    this.port = port;
  }

  @Test
  void everyOperationIsDescribed() {
    JsonNode api = new Caller(port, "onondaga.staff").get("/v3/api-docs").with(200).json();
    assertThat(api.get("paths").fieldNames())
        .toIterable()
        .contains("/api/participants", "/api/boards", "/api/coursera-reports/{id}/unmatched")
        .allMatch(path -> path.startsWith("/api/"));
    for (JsonNode path : api.get("paths")) {
      for (JsonNode operation : path) {
        assertThat(operation.path("summary").asText()).as(operation.toString()).isNotBlank();
        assertThat(operation.at("/responses/default/content").fieldNames())
            .toIterable()
            .containsExactly("application/problem+json");
      }
    }
    assertThat(api.at("/components/schemas/Problem/properties/errors").isMissingNode()).isFalse();
    assertThat(api.at("/components/securitySchemes/basic/scheme").asText()).isEqualTo("basic");
    assertThat(api.at("/paths/~1api~1participants/get/parameters").findValuesAsText("name"))
        .contains("query", "stage", "board", "page", "size", "sort");
    assertThat(api.at("/paths/~1api~1participants/post/responses").fieldNames())
        .toIterable()
        .contains("201", "202");
  }

  @Test
  void itIsNotOpen() {
    assertThat(new Caller(port, null).get("/v3/api-docs").status()).isIn(401, 302);
  }
}
