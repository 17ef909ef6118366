package org.lwdb.casework.process;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Our migrations run before the engine makes its tables: Flyway refuses a schema that is not empty.
 */
@Configuration(proxyBeanMethods = false)
class EngineAfterMigrations {

  @Bean
  static BeanFactoryPostProcessor engineDependsOnFlyway() {
    return beans ->
        beans.getBeanDefinition("processEngineFactoryBean").setDependsOn("flywayInitializer");
  }
}
