package org.lwdb.casework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Speaks HTTP to the running application as a script or a browser does; follows no redirect. {@code
 * new TestHttp(port).as("onondaga.staff").get("/api/boards")}
 */
public class TestHttp {

  /** An answer, with its body as text or JSON. */
  public record Answer(int status, String body, java.net.http.HttpHeaders headers) {
    public JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new AssertionError("No JSON: " + body, e);
      }
    }

    public String header(String name) {
      return headers.firstValue(name).orElse(null);
    }
  }

  private final int port;
  private final String authorization;
  private final HttpClient client;

  public TestHttp(int port) {
    this(port, null);
  }

  private TestHttp(int port, String authorization) {
    this.port = port;
    this.authorization = authorization;
    this.client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  /** The same with HTTP basic. */
  public TestHttp as(String username) {
    String password = username + ":demo";
    return new TestHttp(
        port,
        "Basic " + Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)));
  }

  /** The same with the session of the pages, as a browser has it. */
  public TestHttp signIn(String username, String password) {
    TestHttp browser = new TestHttp(port);
    String token = browser.token("/sign-in");
    Answer answer =
        browser.form(
            "/sign-in", Map.of("username", username, "password", password, "_csrf", token));
    if (answer.status() != 302 || answer.header("Location").contains("error")) {
      throw new AssertionError("Could not sign in: " + answer);
    }
    return browser;
  }

  /** The token that a page carries for what it sends. */
  public String token(String page) {
    Matcher token =
        Pattern.compile("<meta name=\"_csrf\" content=\"([^\"]+)\"").matcher(get(page).body());
    if (!token.find()) {
      throw new AssertionError("No token on " + page);
    }
    return token.group(1);
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer post(String path, String json, String... headers) {
    return send("POST", path, json, headers);
  }

  public Answer form(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send("POST", path, body, "Content-Type", "application/x-www-form-urlencoded");
  }

  public Answer upload(String path, String fileName, String content) {
    return upload(path, fileName, content.getBytes(StandardCharsets.UTF_8));
  }

  public Answer upload(String path, String fileName, byte[] content, String... headers) {
    String boundary = "boundary";
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
            .formatted(boundary, fileName);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8));
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "multipart/form-data; boundary=" + boundary;
    return sendBytes("POST", path, body.toByteArray(), all);
  }

  public Answer send(String method, String path, String body, String... headers) {
    return sendBytes(
        method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private Answer sendBytes(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (authorization != null) {
      request.setHeader("Authorization", authorization);
    }
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response.headers());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
