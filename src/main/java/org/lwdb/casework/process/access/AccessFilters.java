package org.lwdb.casework.process.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.Filter;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The filters between Spring Security and the engine's own, in their order. */
@Configuration(proxyBeanMethods = false)
class AccessFilters {

  @Bean
  FilterRegistrationBean<Filter> engineUser(IdentityService identity) {
    return filter(new EngineUser(identity), 1, "/*");
  }

  @Bean
  FilterRegistrationBean<Filter> engineGuard(
      TaskService tasks, RuntimeService runtime, ManagementService jobs, ObjectMapper json) {
    return filter(
        new EngineGuard(tasks, runtime, jobs, json), 2, "/engine-rest/*", "/camunda/api/*");
  }

  @Bean
  FilterRegistrationBean<Filter> webappUser() {
    FilterRegistrationBean<Filter> filter =
        filter(new ContainerBasedAuthenticationFilter(), 3, "/camunda/*");
    filter.addInitParameter(
        ProcessEngineAuthenticationFilter.AUTHENTICATION_PROVIDER_PARAM,
        EngineUser.ForWebapps.class.getName());
    return filter;
  }

  @Bean
  FilterRegistrationBean<Filter> nonceOfPage() {
    return filter(new NonceOfPage(), 4, "/camunda/app/*");
  }

  private static FilterRegistrationBean<Filter> filter(Filter filter, int place, String... paths) {
    FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + place);
    registration.addUrlPatterns(paths);
    return registration;
  }
}
