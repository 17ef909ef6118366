package org.lwdb.casework;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the application cannot start in that one sentence, without a stack trace. */
class CannotStartReport extends AbstractFailureAnalyzer<CannotStart> {
  @Override
  protected FailureAnalysis analyze(Throwable failure, CannotStart cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
