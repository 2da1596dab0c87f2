package io.fieldwatch.benchmark.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.benchmark.contract.WindowRecord;
import io.fieldwatch.benchmark.oracle.ExpectedWindow;
import io.fieldwatch.benchmark.oracle.WindowId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Compares appended windows with the oracle, and notes when those came that serve as marks. All
 * that is due in the stream has to be appended, or all that is due by where the system is asked to
 * stop. Only one at a time looks at a stream.
 */
final class ResultCheck {
  private static final int FAULTS_KEPT = 5;
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final LoadedStream stream;
  private final ExpectedWindow.P95 p95;
  private final int run = RUNS.incrementAndGet();
  private final List<Long> promptMillis = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private long until = Long.MAX_VALUE;
  private long required;
  private long requiredSeen;
  private long latestMillis;
  private long faulty;
  private long windows;
  private long repeated;

  ResultCheck(LoadedStream stream, ExpectedWindow.P95 p95) {
    this.stream = stream;
    this.p95 = p95;
    this.required = stream.requiredBy(until);
  }

  /** An appended record, in the order of the log of its partition. */
  void accept(byte[] key, byte[] value, long appendedMillis) {
    WindowRecord found;
    try {
      found = WindowRecord.parse(value);
    } catch (IllegalArgumentException e) {
      fault(String.valueOf(e.getMessage()));
      return;
    }
    accept(new String(key, UTF_8), found, appendedMillis);
  }

  void accept(String key, WindowRecord found, long appendedMillis) {
    WindowId id = new WindowId(key, found.sensor(), found.startMillis());
    ExpectedWindow expected = stream.expectations().windows().get(id);
    if (expected == null) {
      fault(id + " is not in the stream");
      return;
    }
    expected.faultOf(found, p95).ifPresent(fault -> fault(id + ": " + fault));
    if (!expected.isNewTo(run)) {
      repeated++;
      return;
    }
    windows++;
    if (expected.isDueBy(until)) {
      requiredSeen++;
    }
    if (expected.isPrompt(stream.promptWithin())) {
      promptMillis.add(appendedMillis);
      latestMillis = Math.max(latestMillis, appendedMillis);
    }
  }

  /** From now on, only what is due by there has to be appended. */
  void requireUntil(long position) {
    until = position;
    required = stream.requiredBy(position);
    requiredSeen =
        stream.expectations().windows().values().stream()
            .filter(window -> window.isSeenBy(run) && window.isDueBy(position))
            .count();
  }

  /** Whether every window is there that has to be. */
  boolean isComplete() {
    return requiredSeen == required;
  }

  long missing() {
    return required - requiredSeen;
  }

  /** How many windows were appended, each counted once. */
  long windows() {
    return windows;
  }

  long repeated() {
    return repeated;
  }

  /** How far the system has come; 0 if nobody knows yet. */
  double reached() {
    return promptMillis.isEmpty() ? 0 : stream.dueOfPrompt()[promptMillis.size() - 1];
  }

  /** When the latest mark was appended; 0 if there is none yet. */
  long latestMillis() {
    return latestMillis;
  }

  /** What is wrong, in a sentence; nothing if all is right. */
  Optional<String> verdict() {
    if (faulty > 0) {
      return Optional.of("%d wrong windows, such as %s".formatted(faulty, faults));
    }
    return isComplete()
        ? Optional.empty()
        : Optional.of("%d of %d windows are missing".formatted(missing(), required));
  }

  /** How far the system had come when. */
  List<Pace.Mark> marks() {
    List<Long> times = promptMillis.stream().sorted().toList();
    List<Pace.Mark> marks = new ArrayList<>(times.size());
    for (int i = 0; i < times.size(); i++) {
      marks.add(new Pace.Mark(times.get(i), stream.dueOfPrompt()[i]));
    }
    return marks;
  }

  private void fault(String what) {
    faulty++;
    if (faults.size() < FAULTS_KEPT) {
      faults.add(what);
    }
  }
}
