package org.lwdb.casework.process.access;

import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.glassfish.jersey.internal.spi.ForcedAutoDiscoverable;
import org.lwdb.casework.BadInput;
import org.lwdb.casework.Forbidden;
import org.lwdb.casework.NotFound;

/**
 * Our own refusals (bad input, forbidden, not found) on their way out through the engine: they
 * leave it as themselves and not wrapped in the engine's exceptions, and its REST APIs answer them
 * with their status and their sentence alone.
 */
final class Refusals {

  private Refusals() {}

  static boolean isOne(Throwable e) {
    return e instanceof BadInput || e instanceof Forbidden || e instanceof NotFound;
  }

  private static Optional<RuntimeException> in(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (isOne(cause)) {
        return Optional.of((RuntimeException) cause);
      }
    }
    return Optional.empty();
  }

  /** The outermost of the engine's interceptors: takes the wrapping off. */
  static class Unwrapped extends CommandInterceptor {
    @Override
    public <T> T execute(Command<T> command) {
      try {
        return next.execute(command);
      } catch (RuntimeException e) {
        throw in(e).orElse(e);
      }
    }
  }

  /** Tells the REST API and the webapps' API of the answers; found through META-INF/services. */
  public static class Answers implements ForcedAutoDiscoverable {
    @Override
    public void configure(FeatureContext context) {
      context.register(BadInputAnswer.class).register(ForbiddenAnswer.class);
      context.register(NotFoundAnswer.class);
    }
  }

  static class BadInputAnswer implements ExceptionMapper<BadInput> {
    @Override
    public Response toResponse(BadInput e) {
      return answer(Response.Status.BAD_REQUEST, e);
    }
  }

  static class ForbiddenAnswer implements ExceptionMapper<Forbidden> {
    @Override
    public Response toResponse(Forbidden e) {
      return answer(Response.Status.FORBIDDEN, e);
    }
  }

  static class NotFoundAnswer implements ExceptionMapper<NotFound> {
    @Override
    public Response toResponse(NotFound e) {
      return answer(Response.Status.NOT_FOUND, e);
    }
  }

  private static Response answer(Response.Status status, RuntimeException e) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Map.of("type", e.getClass().getSimpleName(), "message", e.getMessage()))
        .build();
  }
}
