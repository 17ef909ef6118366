package org.lwdb.casework.web;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;

/** The head of the API's description at /v3/api-docs. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(
    info =
        @Info(
            title = "Coursera Casework",
            version = "1",
            description =
                """
                Case management for New York's local workforce development boards and their \
                partnership with Coursera. JSON in UTF-8, dates as yyyy-MM-dd, instants in UTC. \
                Every answer is limited to the caller's boards: unknown things and other boards' \
                things are 404, a board in a body that is not the caller's is 403, and so is what \
                a role may not do. Errors are problem details (RFC 9457) with the list errors of \
                {field, message}. Questions go to Coursera.Help@labor.ny.gov."""),
    security = @SecurityRequirement(name = "basic"))
@SecurityScheme(name = "basic", type = SecuritySchemeType.HTTP, scheme = "basic")
class OpenApi {

  /** What every operation may answer instead. */
  record Problem(String title, int status, String detail, List<Error> errors) {
    record Error(Integer row, String field, String message) {}
  }

  @Bean
  OpenApiCustomizer problems() {
    return api -> {
      ModelConverters.getInstance().readAll(Problem.class).forEach(api.getComponents()::addSchemas);
      ApiResponse problem =
          new ApiResponse()
              .description("A refusal: what was wrong, and what to do")
              .content(
                  new Content()
                      .addMediaType(
                          MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                          new io.swagger.v3.oas.models.media.MediaType()
                              .schema(new Schema<>().$ref("Problem"))));
      api.getPaths().values().stream()
          .flatMap(path -> path.readOperations().stream())
          .forEach(operation -> operation.getResponses().setDefault(problem));
    };
  }
}
