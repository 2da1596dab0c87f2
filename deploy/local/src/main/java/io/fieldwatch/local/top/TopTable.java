package io.fieldwatch.local.top;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwatch.local.top.Top.Place;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Shows a {@link Top}, to people or as JSON. */
public final class TopTable {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private TopTable() {}

  /** A table, one string a line. */
  public static List<String> lines(Top top) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  %s   %,.0f readings/s   %,.0f packs/s   %d batches"
            .formatted(
                CLOCK.format(top.at()),
                top.readingsPerSecond(),
                top.packsPerSecond(),
                top.batches()));
    lines.add("");
    lines.add("  %-8s %12s %12s %14s".formatted("hop", "mean", "longest", "slowest in"));
    for (Top.HopLine hop : top.hops()) {
      lines.add(
          "  %-8s %10.3f s %10.3f s %6d batches%s"
              .formatted(
                  hop.hop(),
                  hop.meanMillis() / 1_000,
                  hop.maxMillis() / 1_000.0,
                  hop.slowestIn(),
                  hop.hop().equals(top.slowestHop()) ? "  <- the slowest" : ""));
    }
    lines.add("");
    lines.add("  refused  " + refusals(top));
    longestFirst(top).forEach(board -> lines.addAll(board(board.getKey(), board.getValue())));
    if (top.failures() > 0) {
      lines.add("");
      lines.add(
          "  The job failed to say this %d times since it began; its log has the reasons."
              .formatted(top.failures()));
    }
    return lines;
  }

  /** The same for programs. */
  public static ObjectNode json(Top top) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("at", top.at().toString())
        .put("readingsPerSecond", top.readingsPerSecond())
        .put("packsPerSecond", top.packsPerSecond())
        .put("batches", top.batches())
        .put("slowestHop", top.slowestHop())
        .put("costShare", top.costShare())
        .put("failures", top.failures());
    ObjectNode hops = root.putObject("hops");
    for (Top.HopLine hop : top.hops()) {
      hops.putObject(hop.hop())
          .put("meanMillis", hop.meanMillis())
          .put("maxMillis", hop.maxMillis())
          .put("slowestIn", hop.slowestIn());
    }
    ObjectNode refusals = root.putObject("refusals");
    top.refusals().forEach(refusals::put);
    ObjectNode boards = root.putObject("leaderboards");
    top.boards()
        .forEach(
            (window, places) -> {
              ArrayNode array = boards.putArray(window);
              places.forEach(
                  place ->
                      array
                          .addObject()
                          .put("rank", place.rank())
                          .put("device", place.device())
                          .put("anomalies", place.anomalies()));
            });
    return root;
  }

  private static String refusals(Top top) {
    return top.refusals().isEmpty()
        ? "nothing"
        : top.refusals().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(refusal -> "%s %,d".formatted(refusal.getKey(), refusal.getValue()))
            .collect(joining(", "));
  }

  /** The longer window has more anomalies, and more places. */
  private static List<Map.Entry<String, List<Place>>> longestFirst(Top top) {
    Comparator<Map.Entry<String, List<Place>>> byPlaces =
        Comparator.comparingInt(board -> -board.getValue().size());
    return top.boards().entrySet().stream()
        .sorted(byPlaces.thenComparing(Map.Entry::getKey))
        .toList();
  }

  private static List<String> board(String window, List<Place> places) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("  most anomalies of the last " + window);
    if (places.isEmpty()) {
      lines.add("      none");
    }
    for (Place place : places) {
      lines.add("  %3d  %-40s %6d".formatted(place.rank(), place.device(), place.anomalies()));
    }
    return lines;
  }
}
