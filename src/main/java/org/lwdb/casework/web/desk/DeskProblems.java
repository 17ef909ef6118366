package org.lwdb.casework.web.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.spreadsheet.BadFile;
import org.lwdb.casework.web.ErrorPages;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.validation.BindException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * What the desk answers when it refuses. Whoever submitted a form is back on the page it stood on:
 * {@code problems} says by field what to do, {@code submitted} keeps what was typed. Whoever only
 * opened a page reads why on the page of errors.
 */
@ControllerAdvice(basePackageClasses = DeskProblems.class)
class DeskProblems {

  private final ErrorPages errorPages;

  DeskProblems(ErrorPages errorPages) {
    this.errorPages = errorPages;
  }

  @ExceptionHandler
  ModelAndView badInput(BadInput e, HttpServletRequest request) {
    return refused(request, e.problems(), e.getMessage());
  }

  @ExceptionHandler
  ModelAndView badFile(BadFile e, HttpServletRequest request) {
    return refused(request, List.of(new BadInput.Problem("file", e.getMessage())), e.getMessage());
  }

  @ExceptionHandler({
    BindException.class,
    MethodArgumentTypeMismatchException.class,
    MissingServletRequestParameterException.class
  })
  ModelAndView unreadable(Exception e, HttpServletRequest request) {
    String sentence =
        "Something on the page could not be read. Check dates (MM/DD/YYYY) and choices, and try again.";
    return refused(request, List.of(new BadInput.Problem(null, sentence)), sentence);
  }

  @ExceptionHandler
  ModelAndView notFound(NotFound e) {
    return errorPages.page(HttpStatus.NOT_FOUND, e.getMessage());
  }

  @ExceptionHandler
  ModelAndView forbidden(Forbidden e) {
    return errorPages.page(HttpStatus.FORBIDDEN, e.getMessage());
  }

  private ModelAndView refused(
      HttpServletRequest request, List<BadInput.Problem> problems, String sentences) {
    String back = pageBefore(request);
    if (HttpMethod.GET.matches(request.getMethod()) || back == null) {
      return errorPages.page(HttpStatus.BAD_REQUEST, sentences);
    }
    FlashMap flash = RequestContextUtils.getOutputFlashMap(request);
    flash.put("problems", problems);
    flash.put("submitted", submitted(request));
    return new ModelAndView("redirect:" + back);
  }

  /** The page of the desk that the form stood on; null when it is not known. */
  private static String pageBefore(HttpServletRequest request) {
    String referer = request.getHeader(HttpHeaders.REFERER);
    if (referer == null) {
      return null;
    }
    try {
      URI page = URI.create(referer);
      String path = page.getPath().substring(request.getContextPath().length());
      return path.equals("/desk") || path.startsWith("/desk/")
          ? path + (page.getRawQuery() == null ? "" : "?" + page.getRawQuery())
          : null;
    } catch (RuntimeException e) {
      return null;
    }
  }

  private static Map<String, String> submitted(HttpServletRequest request) {
    Map<String, String> submitted = new LinkedHashMap<>();
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (!name.equals("_csrf")) {
                submitted.put(name, String.join(",", values));
              }
            });
    return submitted;
  }
}
