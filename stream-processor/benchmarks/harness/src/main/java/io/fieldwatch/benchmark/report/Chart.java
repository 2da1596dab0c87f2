package io.fieldwatch.benchmark.report;

import java.util.List;
import java.util.Locale;

/** Draws the pace of each system as a bar, with its spread, as SVG. */
final class Chart {
  private static final int WIDTH = 960;
  private static final int LEFT = 430;
  private static final int RIGHT = 110;
  private static final int ROW = 26;
  private static final int BAR = 16;
  private static final int TOP = 44;
  private static final String OURS = "#1f77b4";
  private static final String OTHERS = "#9aa5b1";
  private static final String LIMIT = "#d9a441";

  private Chart() {}

  /**
   * @param lines of one fleet
   */
  static String svg(String title, List<Line> lines) {
    List<Line> right = lines.stream().filter(Line::isRight).toList();
    double most =
        right.stream().mapToDouble(line -> line.readingsPerSecond().high()).max().orElse(1);
    int height = TOP + right.size() * ROW + 12;
    StringBuilder svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
            font-family="sans-serif" font-size="12">
            <rect width="%1$d" height="%2$d" fill="#ffffff"/>
            <text x="12" y="24" font-size="15" font-weight="bold">%3$s</text>
            """
                .formatted(WIDTH, height, escape(title)));
    for (int i = 0; i < right.size(); i++) {
      svg.append(row(right.get(i), TOP + i * ROW, (WIDTH - LEFT - RIGHT) / most));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String row(Line line, int top, double scale) {
    Spread pace = line.readingsPerSecond();
    double end = LEFT + pace.median() * scale;
    double middle = top + BAR / 2.0;
    return String.format(
        Locale.ROOT,
        """
        <text x="%d" y="%.1f" text-anchor="end">%s</text>
        <rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>
        <line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#333333"/>
        <text x="%.1f" y="%.1f">%.2f M/s</text>
        """,
        LEFT - 8,
        middle + 4,
        escape(line.sut().title()),
        LEFT,
        top,
        pace.median() * scale,
        BAR,
        colour(line.sut().name()),
        LEFT + pace.low() * scale,
        middle,
        LEFT + pace.high() * scale,
        middle,
        Math.max(end, LEFT + pace.high() * scale) + 6,
        middle + 4,
        pace.median() / 1e6);
  }

  private static String colour(String system) {
    if (system.equals("limit")) {
      return LIMIT;
    }
    return system.startsWith("fieldwatch") ? OURS : OTHERS;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
