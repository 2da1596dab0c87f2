package io.fieldwatch.benchmark.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.benchmark.contract.WindowRecord;
import io.fieldwatch.benchmark.oracle.ExpectedWindow;
import io.fieldwatch.benchmark.oracle.WindowId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares appended windows with the oracle, and notes when those came that serve as marks. */
final class ResultCheck {
  private static final int FAULTS_KEPT = 5;

  private final LoadedStream stream;
  private final ExpectedWindow.P95 p95;
  private final Set<WindowId> seen = new HashSet<>();
  private final List<Long> promptMillis = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private long faulty;
  private long requiredSeen;
  private long repeated;

  ResultCheck(LoadedStream stream, ExpectedWindow.P95 p95) {
    this.stream = stream;
    this.p95 = p95;
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
    if (!seen.add(id)) {
      repeated++;
    } else if (stream.isRequired(expected)) {
      requiredSeen++;
      if (expected.isPrompt(stream.promptWithin())) {
        promptMillis.add(appendedMillis);
      }
    }
  }

  /** Whether every window is there that has to be. */
  boolean isComplete() {
    return requiredSeen == stream.required();
  }

  long missing() {
    return stream.required() - requiredSeen;
  }

  /** How many windows were appended, each counted once. */
  long windows() {
    return seen.size();
  }

  long repeated() {
    return repeated;
  }

  /** What is wrong, in a sentence; nothing if all is right. */
  Optional<String> verdict() {
    if (faulty > 0) {
      return Optional.of("%d wrong windows, such as %s".formatted(faulty, faults));
    }
    return isComplete()
        ? Optional.empty()
        : Optional.of("%d of %d windows are missing".formatted(missing(), stream.required()));
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
