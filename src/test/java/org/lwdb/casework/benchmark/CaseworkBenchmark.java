package org.lwdb.casework.benchmark;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * A benchmark on the whole application: production's settings, a PostgreSQL that syncs each commit,
 * no demo data. Its methods take the {@link BenchmarkTable} as a parameter. {@code mvn -Pbenchmark
 * verify} runs all of them, in one JVM with one application.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({BenchmarkParts.class, Statements.class})
@ActiveProfiles({"test", "benchmark"})
@ExtendWith(BenchmarkTable.Shared.class)
@interface CaseworkBenchmark {}
