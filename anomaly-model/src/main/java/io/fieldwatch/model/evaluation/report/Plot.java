package io.fieldwatch.model.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines in a square from 0 to 1 both ways, as SVG. Colours are classes, so that the page around it
 * says how they look in the light and in the dark.
 */
final class Plot {
  private static final int WIDTH = 460;
  private static final int HEIGHT = 320;
  private static final int LEFT = 52;
  private static final int BOTTOM = 44;
  private static final int TOP = 34;
  private static final int RIGHT = 14;
  private static final int MOST_POINTS = 400;

  private final String title;
  private final String across;
  private final String upwards;
  private final List<Line> lines = new ArrayList<>();

  /** A line; {@code x} ascending. */
  private record Line(String name, String style, boolean dots, List<double[]> points) {}

  Plot(String title, String across, String upwards) {
    this.title = title;
    this.across = across;
    this.upwards = upwards;
  }

  String title() {
    return title;
  }

  /** Adds a line through points of x and y, each from 0 to 1. */
  Plot line(String name, String style, List<double[]> points) {
    lines.add(new Line(name, style, false, thinned(points)));
    return this;
  }

  /** Adds a line with a dot at each point. */
  Plot dotted(String name, String style, List<double[]> points) {
    lines.add(new Line(name, style, true, points));
    return this;
  }

  private static List<double[]> thinned(List<double[]> points) {
    if (points.size() <= MOST_POINTS) {
      return points;
    }
    List<double[]> kept = new ArrayList<>();
    for (int i = 0; i < MOST_POINTS; i++) {
      kept.add(points.get((int) ((long) i * (points.size() - 1) / (MOST_POINTS - 1))));
    }
    return kept;
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
            WIDTH, HEIGHT, Html.escaped(title)));
    grid(svg);
    for (Line line : lines) {
      draw(line, svg);
    }
    legend(svg);
    return svg.append("</svg>\n").toString();
  }

  private void grid(StringBuilder svg) {
    for (int i = 0; i <= 5; i++) {
      double value = i / 5.0;
      svg.append(format("<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>", x(0), y(value), x(1)));
      svg.append(text("tick", "end", x(0) - 6, y(value) + 4, format("%.1f", value)));
      svg.append(text("tick", "middle", x(value), y(0) + 16, format("%.1f", value)));
    }
    svg.append(text("axis", "middle", x(0.5), HEIGHT - 8, across));
    svg.append(
        format(
            "<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(14 %.1f) rotate(-90)\">%s</text>",
            y(0.5), Html.escaped(upwards)));
  }

  private void draw(Line line, StringBuilder svg) {
    if (line.points().isEmpty()) {
      return;
    }
    StringBuilder path = new StringBuilder();
    for (double[] point : line.points()) {
      path.append(format("%s%.1f %.1f", path.length() == 0 ? "M" : "L", x(point[0]), y(point[1])));
    }
    svg.append(format("<path class=\"line %s\" d=\"%s\"/>", line.style(), path));
    if (line.dots()) {
      for (double[] point : line.points()) {
        svg.append(
            format(
                "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>",
                line.style(), x(point[0]), y(point[1])));
      }
    }
  }

  private void legend(StringBuilder svg) {
    double left = LEFT;
    for (Line line : lines) {
      svg.append(format("<path class=\"line %s\" d=\"M%.1f 14h18\"/>", line.style(), left));
      svg.append(text("key", "start", left + 24, 18, line.name()));
      left += 140;
    }
  }

  private static String text(String style, String anchor, double x, double y, String text) {
    return format(
        "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>",
        style, anchor, x, y, Html.escaped(text));
  }

  private static double x(double value) {
    return LEFT + value * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double value) {
    return HEIGHT - BOTTOM - value * (HEIGHT - BOTTOM - TOP);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
