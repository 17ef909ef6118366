package org.lwdb.casework.web;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import org.springframework.context.annotation.Configuration;

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
class OpenApi {}
