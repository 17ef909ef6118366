package org.lwdb.casework;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.lwdb.casework.process.CaseDriver;
import org.lwdb.casework.process.ChangeDriver;
import org.lwdb.casework.process.CoveragePlugin;
import org.lwdb.casework.report.Learners;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * A test on the whole application with its real parts. All such tests share one application and one
 * database: each makes people of its own and counts only those.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({
  TestParts.class,
  DemoPeople.class,
  CoveragePlugin.class,
  CaseDriver.class,
  ChangeDriver.class,
  Learners.class
})
@AutoConfigureObservability(tracing = false)
@ActiveProfiles("test")
public @interface CaseworkTest {}
