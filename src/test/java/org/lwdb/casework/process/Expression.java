package org.lwdb.casework.process;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstMethod;
import org.camunda.bpm.impl.juel.AstString;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;

/** An expression of a model: the methods that it calls, and the variables that it reads. */
record Expression(String text, List<Call> calls, List<String> variables) {

  /**
   * @param texts the parameters that are written out, such as {@code 'OUTREACH'}
   */
  record Call(String bean, String method, int parameters, List<String> texts) {
    String name() {
      return bean + "." + method;
    }
  }

  Expression(String text) {
    this(text, new ArrayList<>(), new ArrayList<>());
    read(new Builder(Builder.Feature.METHOD_INVOCATIONS).build(text).getRoot());
  }

  private void read(Node node) {
    if (node instanceof AstMethod) {
      calls.add(call(node.getChild(0), node.getChild(1)));
      readChildren(node.getChild(1));
    } else if (node instanceof AstIdentifier variable) {
      variables.add(variable.getName());
    } else {
      readChildren(node);
    }
  }

  private void readChildren(Node node) {
    for (int i = 0; i < node.getCardinality(); i++) {
      read(node.getChild(i));
    }
  }

  private Call call(Node method, Node parameters) {
    if (!(method instanceof AstDot && method.getChild(0) instanceof AstIdentifier bean)) {
      throw new AssertionError("Models call bean.method(...) and nothing else: " + text);
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < parameters.getCardinality(); i++) {
      if (parameters.getChild(i) instanceof AstString written) {
        texts.add((String) written.eval(null, null));
      }
    }
    String name = method.toString().replaceFirst("^\\W+", "");
    return new Call(bean.getName(), name, parameters.getCardinality(), texts);
  }

  @Override
  public String toString() {
    return text;
  }
}
