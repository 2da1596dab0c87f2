package io.fieldwatch.model.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.evaluation.Judged;
import io.fieldwatch.model.evaluation.Verdict;
import io.fieldwatch.model.scorer.ModelFile;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {
  private static final Report REPORT =
      new Report("How <it> does")
          .text("A & B")
          .facts("What was wrong", Map.of("rows | cells", "7"))
          .verdict("Beside the labels", verdict())
          .coefficients(ModelFile.bundled());

  @Test
  void thePageHoldsEverythingAndFetchesNothing() {
    String html = REPORT.html();

    assertThat(html)
        .startsWith("<!doctype html>")
        .contains("How &lt;it&gt; does", "A &amp; B", "Precision and recall", "Reliability")
        .contains("class=\"line ours\"", "average precision, row by row")
        .doesNotContain("http://", "https://", "src=", "href=", "NaN", "Infinity");
  }

  @Test
  void theDrawingsAreWellFormed() throws Exception {
    String html = REPORT.html();
    int drawings = 0;
    for (int from = html.indexOf("<svg"); from >= 0; from = html.indexOf("<svg", from + 1)) {
      String svg = html.substring(from, html.indexOf("</svg>", from) + 6);
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
      drawings++;
    }

    assertThat(drawings).isEqualTo(2);
  }

  @Test
  void theTextSaysTheSameInTables() {
    assertThat(REPORT.markdown())
        .startsWith("# How &lt;it> does\n")
        .contains("| rows \\| cells | 7 |", "## Beside the labels", "| events found |")
        .contains("| feature | coefficient | mean | scale |\n| --- | ---: | ---: | ---: |")
        .doesNotContain("NaN", "Infinity");
  }

  private static Verdict verdict() {
    Random random = new Random(6);
    byte[] labels = new byte[3000];
    double[] probabilities = new double[labels.length];
    long[] times = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 500 > 470 ? 1 : 0);
      probabilities[i] = Math.min(1, random.nextDouble() * (labels[i] == 1 ? 1 : 0.6));
      times[i] = i * 1000L;
    }
    return Verdict.of(List.of(new Judged("d", times, probabilities, labels, 0, 0.5)));
  }
}
