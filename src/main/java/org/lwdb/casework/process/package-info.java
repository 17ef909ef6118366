/**
 * The engine: what the models in {@code processes/} call and are told, the forms of their tasks,
 * and how the rest of the application moves a case. The only package that knows Camunda.
 */
package org.lwdb.casework.process;
