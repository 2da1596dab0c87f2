package io.fieldwatch.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwatch.local.audit.AccountLine;
import io.fieldwatch.local.audit.AccountLine.Verdict;
import io.fieldwatch.local.audit.Finding;
import io.fieldwatch.local.audit.WindowLine;
import io.fieldwatch.status.DeviceStatus.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows the outcome of an audit, to people or as JSON. */
final class AuditTable {
  private static final String ROW = "  %-24s %-18s %12s %12s %8s %11s %8s %9s %6s  %s";

  private AuditTable() {}

  static List<String> lines(Finding finding) {
    List<String> lines = new ArrayList<>();
    lines.add(
        ROW.formatted(
            "device",
            "epoch",
            "produced",
            "stored",
            "late",
            "quarantined",
            "dropped",
            "in flight",
            "twice",
            ""));
    finding.account().lines().forEach(line -> lines.add(row(line, finding)));
    lines.add(sentence(finding));
    finding.gaps().forEach(gap -> lines.add("  " + gap));
    return lines;
  }

  private static String row(AccountLine line, Finding finding) {
    return ROW.formatted(
        line.life().device(),
        line.life().epoch(),
        line.agent().map(counts -> Long.toString(counts.producedReadings())).orElse("?"),
        line.ledger().stored(),
        line.ledger().late(),
        line.ledger().quarantined(),
        line.agent().map(Counts::droppedReadings).orElse(0L),
        inFlight(line),
        line.ledger().duplicateReadings(),
        word(line, finding));
  }

  /** In the spool, or on the way behind it. */
  private static long inFlight(AccountLine line) {
    return line.agent().map(Counts::spoolReadings).orElse(0L) + Math.max(0, line.difference());
  }

  private static String word(AccountLine line, Finding finding) {
    return switch (line.verdict()) {
      case BALANCED -> "balanced";
      case ARRIVED_AFTER_ALL -> line.arrivedAfterAll() + " given up had arrived after all";
      case UNCLAIMED -> "no agent to compare with";
      case OUTDATED -> "agent silent since seq " + line.toldSeq();
      case MISSING -> missing(line, finding);
      case COUNTED_TWICE -> line.countedTwice() + " too many";
    };
  }

  private static String missing(AccountLine line, Finding finding) {
    if (line.difference() <= 0) {
      return "packs missing";
    }
    return line.difference() + (finding.proven() ? " on the way" : " missing");
  }

  private static String sentence(Finding finding) {
    if (!finding.proven()) {
      return "The account does NOT balance" + (finding.quiet() ? ":" : " and is still moving:");
    }
    if (finding.quiet()) {
      return finding.account().lines().stream().anyMatch(AuditTable::isOutdated)
          ? "Every reading that an agent has told of is accounted for."
          : "Every reading is accounted for.";
    }
    return "Every reading acknowledged when the audit began is accounted for; agents go on.";
  }

  private static boolean isOutdated(AccountLine line) {
    return line.verdict() == Verdict.OUTDATED;
  }

  static ObjectNode json(Finding finding) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("proven", finding.proven()).put("quiet", finding.quiet());
    ArrayNode lives = json.putArray("lives");
    finding.account().lines().forEach(line -> add(line, lives.addObject()));
    ArrayNode windows = json.putArray("windows");
    finding.account().windows().forEach(line -> add(line, windows.addObject()));
    finding.gaps().forEach(json.putArray("gaps")::add);
    return json;
  }

  private static void add(AccountLine line, ObjectNode json) {
    json.put("device", line.life().device().key()).put("epoch", line.life().epoch());
    json.put("verdict", line.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    line.agent()
        .ifPresent(
            counts ->
                json.put("produced", counts.producedReadings())
                    .put("dropped", counts.droppedReadings())
                    .put("inSpool", counts.spoolReadings()));
    json.put("stored", line.ledger().stored())
        .put("late", line.ledger().late())
        .put("quarantined", line.ledger().quarantined())
        .put("duplicates", line.ledger().duplicateReadings())
        .put("difference", line.difference());
    ArrayNode seqs = json.putArray("missingSeqs");
    line.missingSeqs().forEach(range -> seqs.add(range.toString()));
  }

  private static void add(WindowLine line, ObjectNode json) {
    json.put("device", line.device().key())
        .put("stored", line.stored())
        .put("inWindows", line.inWindows());
  }
}
