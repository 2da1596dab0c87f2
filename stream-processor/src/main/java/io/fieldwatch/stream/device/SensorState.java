package io.fieldwatch.stream.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.model.feature.SeriesState;
import io.fieldwatch.model.feature.WindowSummary;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.stream.window.Aggregate;
import io.fieldwatch.stream.window.SensorKind;
import io.fieldwatch.stream.window.SensorWindows;
import io.fieldwatch.stream.window.WindowPlan;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One sensor: what is known of it, its windows, and the statistics its scores are made of. Owned
 * like its windows.
 */
final class SensorState {
  private static final long NEVER = Long.MIN_VALUE;
  private static final int FIRST_EVENT_FIELD = 8;

  private final Object owner;
  private final String name;
  private final SensorWindows windows;
  private SensorFacts facts;
  private SeriesState series;
  private long lastScoredStart;
  private Emission.Event event;

  SensorState(Object owner, String name, SensorFacts facts, int levels) {
    this(
        owner,
        name,
        facts,
        new SensorWindows(owner, levels),
        SeriesState.initial(),
        NEVER,
        Emission.Event.NONE);
  }

  private SensorState(
      Object owner,
      String name,
      SensorFacts facts,
      SensorWindows windows,
      SeriesState series,
      long lastScoredStart,
      Emission.Event event) {
    this.owner = owner;
    this.name = name;
    this.facts = facts;
    this.windows = windows;
    this.series = series;
    this.lastScoredStart = lastScoredStart;
    this.event = event;
  }

  SensorState ownedBy(Object newOwner) {
    return owner == newOwner
        ? this
        : new SensorState(
            newOwner,
            name,
            facts,
            windows.ownedBy(newOwner),
            series.packed(),
            lastScoredStart,
            event);
  }

  boolean isOwnedBy(Object candidate) {
    return owner == candidate;
  }

  String name() {
    return name;
  }

  SensorFacts facts() {
    return facts;
  }

  SensorWindows windows() {
    return windows;
  }

  void know(SensorFacts newFacts) {
    if (!newFacts.equals(facts)) {
      windows.markOpenUnpublished();
    }
    facts = newFacts;
  }

  /**
   * Scores a window that was closed for the first time.
   *
   * @return nothing for a window that a straggler opened behind the last scored one, which would
   *     turn the series' time back
   */
  Optional<ScoredWindow> score(
      WindowSpec spec, long startMillis, Aggregate window, Model model, Emission emission) {
    if (startMillis <= lastScoredStart || !isSummarizable(window)) {
      return Optional.empty();
    }
    SeriesState.Step step =
        series.next(
            new WindowSummary(
                startMillis,
                spec.lengthMillis(),
                window.count(),
                window.mean(),
                window.min(),
                window.max(),
                window.stddev(),
                window.first(),
                window.last()));
    series = step.state();
    lastScoredStart = startMillis;
    Judgement judgement =
        Judgement.of(spec, startMillis, step.features(), List.of(), model, emission, event);
    event = judgement.event();
    return Optional.of(judgement.window());
  }

  /** Values near the ends of the double range overflow the sum of squares. */
  private static boolean isSummarizable(Aggregate window) {
    return Double.isFinite(window.mean()) && Double.isFinite(window.stddev());
  }

  /**
   * This sensor with other windows; scores begin anew where windows of another length are scored.
   */
  SensorState adapted(WindowPlan from, WindowPlan to) {
    SensorWindows adapted = windows.adapted(from, to, facts.kind());
    boolean isScoredAlike = to.tree().isScoredLike(from.tree());
    return new SensorState(
        new Object(),
        name,
        facts,
        adapted,
        isScoredAlike ? series : SeriesState.initial(),
        isScoredAlike ? lastScoredStart : NEVER,
        isScoredAlike ? event : Emission.Event.NONE);
  }

  void write(WireWriter out) {
    out.text(1, name);
    out.text(2, facts.unit());
    out.bytes(3, facts.kind().name().getBytes(UTF_8));
    out.number(4, facts.intervalMillis());
    out.signed(5, lastScoredStart);
    out.bytes(6, OwnForm.bytes(series::write));
    windows.write(out, 7);
    EventFields.write(out, FIRST_EVENT_FIELD, event);
  }

  /** Reads what {@link #write} wrote for a tree of so many levels. */
  static SensorState read(WireReader in, int levels) throws IOException {
    String name = "";
    String unit = "";
    SensorKind kind = SensorKind.GAUGE;
    long interval = 0;
    long lastScoredStart = 0;
    EventFields event = new EventFields();
    SeriesState series = SeriesState.initial();
    Object owner = new Object();
    SensorWindows windows = new SensorWindows(owner, levels);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.text();
        case 2 -> unit = in.text();
        case 3 -> kind = kindOf(in.text());
        case 4 -> interval = in.number();
        case 5 -> lastScoredStart = in.signed();
        case 6 -> series = SeriesState.read(OwnForm.input(in.bytes()));
        case 7 -> windows.readOne(in.message());
        case 8, 9, 10 -> event.readOne(in, in.field() - FIRST_EVENT_FIELD);
        default -> in.skip();
      }
    }
    return new SensorState(
        owner,
        name,
        new SensorFacts(unit, kind, interval),
        windows,
        series,
        lastScoredStart,
        event.event());
  }

  private static SensorKind kindOf(String name) throws IOException {
    try {
      return SensorKind.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot read state: unknown kind of sensor " + name, e);
    }
  }
}
