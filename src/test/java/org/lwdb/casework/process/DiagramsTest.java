package org.lwdb.casework.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each model's diagram shows the whole model, and a supervisor can read it in Cockpit. */
class DiagramsTest {

  /** How far, in pixels, a line may end beside what it belongs to. */
  private static final double NEAR = 2;

  static List<Model> models() {
    return Model.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachElementIsDrawn(Model model) {
    assertThat(shapes(model).keySet())
        .containsExactlyInAnyOrderElementsOf(model.each(FlowNode.class, FlowNode::getId));
    assertThat(edges(model).keySet())
        .containsExactlyInAnyOrderElementsOf(model.each(SequenceFlow.class, SequenceFlow::getId));
  }

  @ParameterizedTest
  @MethodSource("models")
  void nothingLiesOverAnother(Model model) {
    Map<String, Rectangle2D> shapes = shapes(model);
    List<FlowNode> nodes = new ArrayList<>(model.elements(FlowNode.class));
    nodes.removeIf(node -> node instanceof BoundaryEvent);
    for (FlowNode one : nodes) {
      for (FlowNode other : nodes) {
        if (one != other && one.getParentElement().equals(other.getParentElement())) {
          assertThat(shapes.get(one.getId()).intersects(shapes.get(other.getId())))
              .as(one.getId() + " lies over " + other.getId())
              .isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatIsInASubprocessLiesWithinIt(Model model) {
    Map<String, Rectangle2D> shapes = shapes(model);
    for (FlowNode node : model.elements(FlowNode.class)) {
      if (node.getParentElement() instanceof SubProcess parent) {
        assertThat(shapes.get(parent.getId()).contains(shapes.get(node.getId())))
            .as(node.getId() + " lies within " + parent.getId())
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachBoundaryEventSitsOnTheBorder(Model model) {
    Map<String, Rectangle2D> shapes = shapes(model);
    for (BoundaryEvent event : model.elements(BoundaryEvent.class)) {
      Rectangle2D shape = shapes.get(event.getId());
      assertThat(
              distance(
                  event.getAttachedTo(),
                  shapes,
                  new Point2D.Double(shape.getCenterX(), shape.getCenterY())))
          .as("distance of " + event.getId() + " from the border of its activity")
          .isLessThanOrEqualTo(NEAR);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void eachLineLeadsFromItsSourceToItsTarget(Model model) {
    Map<String, Rectangle2D> shapes = shapes(model);
    Map<String, List<Point2D>> edges = edges(model);
    for (SequenceFlow flow : model.elements(SequenceFlow.class)) {
      List<Point2D> line = edges.get(flow.getId());
      assertThat(distance(flow.getSource(), shapes, line.get(0)))
          .as("start of " + flow.getId())
          .isLessThanOrEqualTo(NEAR);
      assertThat(distance(flow.getTarget(), shapes, line.get(line.size() - 1)))
          .as("end of " + flow.getId())
          .isLessThanOrEqualTo(NEAR);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void noLineRunsThroughAnElement(Model model) {
    Map<String, Rectangle2D> shapes = shapes(model);
    Map<String, List<Point2D>> edges = edges(model);
    List<String> through = new ArrayList<>();
    for (SequenceFlow flow : model.elements(SequenceFlow.class)) {
      for (FlowNode node : model.elements(FlowNode.class)) {
        Rectangle2D shape = shapes.get(node.getId());
        boolean its = node.equals(flow.getSource()) || node.equals(flow.getTarget());
        if (!its
            && node.getParentElement().equals(flow.getParentElement())
            && segments(edges.get(flow.getId())).stream().anyMatch(s -> s.intersects(shape))) {
          through.add(flow.getId() + " through " + node.getId());
        }
      }
    }
    assertThat(through).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void noLinesCross(Model model) {
    Map<String, List<Point2D>> edges = edges(model);
    List<SequenceFlow> flows = new ArrayList<>(model.elements(SequenceFlow.class));
    List<String> crossing = new ArrayList<>();
    for (SequenceFlow one : flows) {
      for (SequenceFlow other : flows) {
        if (one.getId().compareTo(other.getId()) < 0
            && !one.getSource().equals(other.getSource())
            && !one.getTarget().equals(other.getTarget())
            && cross(edges.get(one.getId()), edges.get(other.getId()))) {
          crossing.add(one.getId() + " and " + other.getId());
        }
      }
    }
    assertThat(crossing).isEmpty();
  }

  private static boolean cross(List<Point2D> one, List<Point2D> other) {
    return segments(one).stream()
        .anyMatch(a -> segments(other).stream().anyMatch(b -> a.intersectsLine(b)));
  }

  private static List<Line2D> segments(List<Point2D> line) {
    List<Line2D> segments = new ArrayList<>();
    for (int i = 1; i < line.size(); i++) {
      segments.add(new Line2D.Double(line.get(i - 1), line.get(i)));
    }
    return segments;
  }

  /** Of a point from the border of an element; a gateway is a diamond. */
  private static double distance(FlowNode node, Map<String, Rectangle2D> shapes, Point2D point) {
    Rectangle2D shape = shapes.get(node.getId());
    return node instanceof Gateway
        ? distance(
            point,
            new Point2D.Double(shape.getCenterX(), shape.getMinY()),
            new Point2D.Double(shape.getMaxX(), shape.getCenterY()),
            new Point2D.Double(shape.getCenterX(), shape.getMaxY()),
            new Point2D.Double(shape.getMinX(), shape.getCenterY()))
        : distance(
            point,
            new Point2D.Double(shape.getMinX(), shape.getMinY()),
            new Point2D.Double(shape.getMaxX(), shape.getMinY()),
            new Point2D.Double(shape.getMaxX(), shape.getMaxY()),
            new Point2D.Double(shape.getMinX(), shape.getMaxY()));
  }

  private static double distance(Point2D point, Point2D... corners) {
    return IntStream.range(0, corners.length)
        .mapToDouble(
            i -> new Line2D.Double(corners[i], corners[(i + 1) % corners.length]).ptSegDist(point))
        .min()
        .orElseThrow();
  }

  private static Map<String, Rectangle2D> shapes(Model model) {
    Map<String, Rectangle2D> shapes = new HashMap<>();
    for (BpmnShape shape : model.elements(BpmnShape.class)) {
      Bounds b = shape.getBounds();
      shapes.put(
          shape.getBpmnElement().getId(),
          new Rectangle2D.Double(b.getX(), b.getY(), b.getWidth(), b.getHeight()));
    }
    return shapes;
  }

  private static Map<String, List<Point2D>> edges(Model model) {
    Map<String, List<Point2D>> edges = new HashMap<>();
    for (BpmnEdge edge : model.elements(BpmnEdge.class)) {
      edges.put(
          edge.getBpmnElement().getId(),
          edge.getWaypoints().stream()
              .map(point -> (Point2D) new Point2D.Double(point.getX(), point.getY()))
              .toList());
    }
    return edges;
  }
}
