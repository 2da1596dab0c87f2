package io.fieldwatch.model.evaluation.report;

import java.util.List;

/** A report as Markdown; drawings are left to the HTML, whose tables say the same. */
final class Markdown {
  private Markdown() {}

  static String of(String title, List<Block> blocks) {
    StringBuilder text = new StringBuilder("# ").append(escaped(title)).append("\n");
    blocks.forEach(block -> append(block, text));
    return text.toString();
  }

  private static void append(Block block, StringBuilder text) {
    if (block instanceof Block.Heading heading) {
      text.append("\n## ").append(escaped(heading.text())).append("\n");
    } else if (block instanceof Block.Text paragraph) {
      text.append('\n').append(escaped(paragraph.text())).append('\n');
    } else if (block instanceof Block.Table table) {
      text.append('\n');
      row(table.header(), text);
      text.append("| --- |").append(" ---: |".repeat(table.header().size() - 1)).append('\n');
      table.rows().forEach(row -> row(row, text));
    }
  }

  private static void row(List<String> cells, StringBuilder text) {
    text.append('|');
    for (String cell : cells) {
      text.append(' ').append(escaped(cell)).append(" |");
    }
    text.append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }
}
