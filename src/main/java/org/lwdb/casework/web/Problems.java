package org.lwdb.casework.web;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Problem details (RFC 9457), in plain language. */
final class Problems {

  private Problems() {}

  /**
   * @param errors what was wrong, each as {field, message} or {row, field, message}; may be empty
   */
  static ResponseEntity<Object> answer(HttpStatusCode status, String detail, List<?> errors) {
    ProblemDetail problem = of(status, detail);
    if (!errors.isEmpty()) {
      problem.setProperty("errors", errors);
    }
    return answer(problem);
  }

  static ResponseEntity<Object> answer(ProblemDetail problem) {
    return ResponseEntity.status(problem.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  static ProblemDetail of(HttpStatusCode status, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setTitle(title(status));
    return problem;
  }

  /** With what there is to say when nothing closer is known. */
  static ProblemDetail of(HttpStatusCode status) {
    return of(status, detail(status));
  }

  static String title(HttpStatusCode status) {
    return switch (status.value()) {
      case 400 -> "The request cannot be accepted";
      case 401 -> "Sign in first";
      case 403 -> "You may not do this";
      case 404 -> "Not found";
      case 405 -> "This address does not do that";
      case 406 -> "No such form of an answer";
      case 413 -> "The file is too large";
      case 415 -> "The body has a form that is not taken here";
      case 422 -> "The file cannot be accepted";
      default ->
          status.is5xxServerError()
              ? "Something went wrong here"
              : HttpStatus.valueOf(status.value()).getReasonPhrase();
    };
  }

  static String detail(HttpStatusCode status) {
    return switch (status.value()) {
      case 401 -> "Send a user name and a password with HTTP basic, or sign in on the start page.";
      case 403 -> "Your role may not do this, or the page's token was missing.";
      case 404 -> "There is nothing at this address that you may see.";
      case 405 -> "This address takes other methods; see Allow.";
      case 406 -> "Answers come as application/json.";
      case 413 -> "Send a smaller file.";
      case 415 -> "Send application/json, or multipart/form-data for a file.";
      default ->
          status.is5xxServerError()
              ? "Nothing was changed. Try again; if it happens again, tell your operator the time."
              : "The request could not be read. Check its address, headers and body.";
    };
  }
}
