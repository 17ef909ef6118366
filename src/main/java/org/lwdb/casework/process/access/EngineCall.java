package org.lwdb.casework.process.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.util.UrlPathHelper;

/**
 * What a request asks of the engine, in one spelling: its method and the path within the engine's
 * REST API, however that was reached; or the path within the webapps' own API.
 */
record EngineCall(boolean ofWebapp, String method, String path) {

  static EngineCall of(HttpServletRequest request) {
    List<String> path =
        Arrays.stream(UrlPathHelper.defaultInstance.getPathWithinApplication(request).split("/"))
            .filter(s -> !s.isEmpty())
            .toList();
    // engine-rest/... or camunda/api/engine/... or camunda/api/{webapp}/...
    boolean ofWebapp =
        path.get(0).equals("camunda") && (path.size() < 3 || !path.get(2).equals("engine"));
    int start = path.get(0).equals("camunda") ? Math.min(path.size(), ofWebapp ? 2 : 3) : 1;
    List<String> rest = path.subList(start, path.size());
    if (!ofWebapp && rest.size() >= 2 && rest.get(0).equals("engine")) {
      rest = rest.subList(2, rest.size());
    }
    String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
    return new EngineCall(ofWebapp, method, String.join("/", rest));
  }

  boolean matches(String methodAndPath) {
    return (method + " " + path).matches(methodAndPath);
  }

  boolean matchesAny(List<String> methodsAndPaths) {
    return methodsAndPaths.stream().anyMatch(this::matches);
  }

  /** A step of the path, counted from 0, or an empty text. */
  String step(int n) {
    String[] steps = path.split("/");
    return n < steps.length ? steps[n] : "";
  }
}
