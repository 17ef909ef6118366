package org.lwdb.casework.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NotFound;
import org.lwdb.casework.spreadsheet.BadFile;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * What the API answers when it refuses: problem details that name each field, say what was wrong
 * and what to do.
 */
@RestControllerAdvice(annotations = RestController.class)
class ApiProblems extends ResponseEntityExceptionHandler {

  @ExceptionHandler
  ResponseEntity<Object> badInput(BadInput e) {
    return Problems.answer(HttpStatus.BAD_REQUEST, e.getMessage(), e.problems());
  }

  @ExceptionHandler
  ResponseEntity<Object> badFile(BadFile e) {
    return Problems.answer(HttpStatus.UNPROCESSABLE_ENTITY, e.getMessage(), e.problems());
  }

  @ExceptionHandler
  ResponseEntity<Object> notFound(NotFound e) {
    return Problems.answer(Problems.of(HttpStatus.NOT_FOUND, e.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<Object> forbidden(Forbidden e) {
    return Problems.answer(Problems.of(HttpStatus.FORBIDDEN, e.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<Object> brokenUpload(MultipartException e) {
    return badInput("file", "The upload broke off or is no multipart/form-data. Send it again.");
  }

  @ExceptionHandler
  ResponseEntity<Object> failure(Exception e) {
    logger.error("A request to the API failed", e);
    return Problems.answer(Problems.of(HttpStatus.INTERNAL_SERVER_ERROR));
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (e.getCause() instanceof JsonMappingException json && !json.getPath().isEmpty()) {
      return badInput(path(json), sentence(json));
    }
    if (e.getCause() instanceof JsonProcessingException json && json.getLocation() != null) {
      return badInput(
          null,
          "The body is not the JSON that is expected here: see line "
              + json.getLocation().getLineNr()
              + ", column "
              + json.getLocation().getColumnNr()
              + ".");
    }
    return badInput(null, "Send a JSON object as the body.");
  }

  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    BadInput.Collector problems = new BadInput.Collector();
    for (FieldError error : e.getFieldErrors()) {
      problems.add(
          error.getField(),
          error.contains(TypeMismatchException.class)
              ? expected(error.unwrap(TypeMismatchException.class).getRequiredType())
              : error.getDefaultMessage());
    }
    return badInput(new BadInput(problems.problems()));
  }

  @Override
  protected ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (e instanceof MethodArgumentTypeMismatchException argument
        && argument.getParameter().hasParameterAnnotation(PathVariable.class)) {
      return Problems.answer(Problems.of(HttpStatus.NOT_FOUND));
    }
    return badInput(e.getPropertyName(), expected(e.getRequiredType()));
  }

  @Override
  protected ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return badInput(
        e.getParameterName(), "Add ?" + e.getParameterName() + "= to the address: it is required.");
  }

  @Override
  protected ResponseEntity<Object> handleMissingServletRequestPart(
      MissingServletRequestPartException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return badInput(
        e.getRequestPartName(),
        "Send the file as the part '" + e.getRequestPartName() + "' of multipart/form-data.");
  }

  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception e, Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Problems.of(status));
  }

  private ResponseEntity<Object> badInput(String field, String message) {
    return badInput(new BadInput(field, message));
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String sentence(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      Collection<Object> known = unknown.getKnownPropertyIds();
      return "There is no field '"
          + unknown.getPropertyName()
          + "' here. "
          + (known == null || known.isEmpty()
              ? "Leave it out."
              : "The fields are " + list(new TreeSet<>(known)) + ".");
    }
    if (e instanceof InvalidFormatException format && format.getTargetType() == String.class) {
      return format.getOriginalMessage();
    }
    if (e.getCause() instanceof InputCoercionException) {
      return "This number is too large.";
    }
    if (e instanceof MismatchedInputException mismatch) {
      return expected(mismatch.getTargetType());
    }
    return "This value cannot be read here.";
  }

  /** What a value of this type looks like. */
  private static String expected(Class<?> type) {
    if (type == null) {
      return "This value cannot be read here.";
    }
    if (type.isEnum()) {
      return "Use one of " + list(Arrays.asList(type.getEnumConstants())) + ".";
    }
    if (type == LocalDate.class) {
      return "Write a date that exists as yyyy-MM-dd, such as 2021-02-05.";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "Use true or false.";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "Use a whole number.";
    }
    if (type == String.class) {
      return "Use a text in quotation marks.";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "Use a list in [ ].";
    }
    return "Use an object in { }.";
  }

  private static String list(Collection<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
