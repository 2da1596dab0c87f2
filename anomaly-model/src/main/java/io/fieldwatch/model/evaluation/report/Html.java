package io.fieldwatch.model.evaluation.report;

import java.util.List;

/** A report as one HTML file that needs nothing else: styles and drawings are inside. */
final class Html {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1b2733; --faint: #8a97a5; --rule: #dde3ea;
        --paper: #ffffff; --ours: #0b66c3; --other: #b4541a; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e4e9ef; --faint: #8896a5;
        --rule: #303a45; --paper: #14191f; --ours: #5aa9f5; --other: #f0945a; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 60rem; margin: 2rem auto; padding: 0 1.25rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
      th, td { padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--rule);
        text-align: right; }
      th { color: var(--faint); font-weight: 600; } td:first-child, th:first-child {
        text-align: left; }
      svg { width: 100%; max-width: 34rem; height: auto; display: block; margin: .5rem 0; }
      svg text { fill: var(--ink); font: 11px system-ui, sans-serif; }
      svg .tick { fill: var(--faint); } svg .grid { stroke: var(--rule); fill: none; }
      svg .line { fill: none; stroke-width: 2; } svg .ours { stroke: var(--ours); }
      svg .other { stroke: var(--other); } svg .guess { stroke: var(--faint);
        stroke-dasharray: 4 4; stroke-width: 1.5; } svg .dot { stroke: none; fill: var(--ours); }
      """;

  private Html() {}

  static String of(String title, List<Block> blocks) {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<title>").append(escaped(title)).append("</title>\n");
    html.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    html.append("<h1>").append(escaped(title)).append("</h1>\n");
    blocks.forEach(block -> append(block, html));
    return html.append("</body>\n</html>\n").toString();
  }

  private static void append(Block block, StringBuilder html) {
    if (block instanceof Block.Heading heading) {
      html.append("<h2>").append(escaped(heading.text())).append("</h2>\n");
    } else if (block instanceof Block.Text text) {
      html.append("<p>").append(escaped(text.text())).append("</p>\n");
    } else if (block instanceof Block.Table table) {
      html.append("<table>\n");
      row(table.header(), "th", html);
      table.rows().forEach(row -> row(row, "td", html));
      html.append("</table>\n");
    } else if (block instanceof Block.Drawing drawing) {
      html.append(drawing.plot().svg());
    }
  }

  private static void row(List<String> cells, String tag, StringBuilder html) {
    html.append("<tr>");
    for (String cell : cells) {
      html.append('<').append(tag).append('>').append(escaped(cell));
      html.append("</").append(tag).append('>');
    }
    html.append("</tr>\n");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
