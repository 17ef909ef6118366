package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.lwdb.casework.CaseworkSettings;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * What failed outside of a controller (an unknown address, a wrong method, a refusal of the
 * security filters): a page for whoever asked for one, problem details for everybody else.
 */
@Hidden
@Controller
public class ErrorPages implements ErrorController {

  private final CaseworkSettings settings;

  ErrorPages(CaseworkSettings settings) {
    this.settings = settings;
  }

  @RequestMapping("/error")
  Object error(HttpServletRequest request) {
    ProblemDetail problem = Problems.of(status(request));
    problem.setInstance(URI.create(path(request)));
    return wantsPage(request) ? page(problem) : Problems.answer(problem);
  }

  /** The page that says why. */
  public ModelAndView page(HttpStatus status, String detail) {
    return page(Problems.of(status, detail));
  }

  private ModelAndView page(ProblemDetail problem) {
    return new ModelAndView(
        "error",
        Map.of("problem", problem, "helpAddress", settings.mail().helpAddress()),
        HttpStatus.valueOf(problem.getStatus()));
  }

  private static HttpStatus status(HttpServletRequest request) {
    Integer code = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus status = code == null ? HttpStatus.NOT_FOUND : HttpStatus.resolve(code);
    return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
  }

  private static boolean wantsPage(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null
        && accept.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_HTML_VALUE)
        && !path(request).startsWith(request.getContextPath() + "/api/");
  }

  private static String path(HttpServletRequest request) {
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return path == null ? request.getRequestURI() : path.toString();
  }
}
