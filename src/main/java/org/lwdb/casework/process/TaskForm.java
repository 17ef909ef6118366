package org.lwdb.casework.process;

import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;

/**
 * What stands behind a form of a model: what it shows, read from our tables when it is opened, and
 * what becomes of the submitted values, which go to the domain and are never variables.
 *
 * @param prefill the values that the form shows
 * @param submit hands the values to the domain; what it returns are the variables that the model
 *     decides by
 */
record TaskForm(Prefill prefill, Submit submit) {

  interface Prefill {
    Map<String, Object> of(VariableScope scope);
  }

  interface Submit {
    Map<String, Object> of(VariableScope scope, Submitted values);
  }
}
