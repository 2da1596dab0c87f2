package io.fieldwatch.stream.device;

import io.fieldwatch.model.feature.JointState;
import io.fieldwatch.model.feature.JointWindow;
import io.fieldwatch.model.scorer.Emission;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.stream.window.WindowSpec;
import io.fieldwatch.stream.wire.WireReader;
import io.fieldwatch.stream.wire.WireWriter;
import java.io.IOException;
import java.util.Optional;

/**
 * What the scores of all sensors of a device together are made of. Immutable.
 *
 * <p>It learns under every model, so that one which scores devices finds a past when it is
 * promoted.
 */
final class Together {
  private static final long NEVER = Long.MIN_VALUE;
  private static final int FIRST_EVENT_FIELD = 3;

  /** That of a device of which no two sensors had a window at the same time. */
  static final Together NONE = new Together(JointState.initial(), NEVER, Emission.Event.NONE);

  private final JointState joint;
  private final long lastScoredStart;
  private final Emission.Event event;

  private Together(JointState joint, long lastScoredStart, Emission.Event event) {
    this.joint = joint;
    this.lastScoredStart = lastScoredStart;
    this.event = event;
  }

  /**
   * What an instant makes of this.
   *
   * @param scored nothing of an instant that stragglers opened behind the last scored one, which
   *     would turn the device's time back, nor by a model that knows single series only
   */
  record Step(Together together, Optional<ScoredWindow> scored) {}

  /** The same in about half the memory, for as long as no instant comes. */
  Together packed() {
    JointState packed = joint.packed();
    return packed == joint ? this : new Together(packed, lastScoredStart, event);
  }

  /** Scores an instant of two sensors or more, then takes it in. */
  Step next(WindowSpec spec, JointWindow instant, Model model, Emission emission) {
    long start = instant.startMillis();
    if (start <= lastScoredStart) {
      return new Step(this, Optional.empty());
    }
    JointState.Step step = joint.next(instant);
    if (!model.scoresTogether()) {
      return new Step(new Together(step.state(), start, event), Optional.empty());
    }
    Judgement judgement =
        Judgement.of(spec, start, step.features(), step.suspects(), model, emission, event);
    return new Step(
        new Together(step.state(), start, judgement.event()), Optional.of(judgement.window()));
  }

  /** Whether anything was learnt; what was not is not written. */
  boolean hasPast() {
    return lastScoredStart != NEVER;
  }

  void write(WireWriter out) {
    out.bytes(1, OwnForm.bytes(joint::write));
    out.signed(2, lastScoredStart);
    EventFields.write(out, FIRST_EVENT_FIELD, event);
  }

  /** Reads what {@link #write} wrote. */
  static Together read(WireReader in) throws IOException {
    JointState joint = JointState.initial();
    long lastScoredStart = 0;
    EventFields event = new EventFields();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> joint = JointState.read(OwnForm.input(in.bytes()));
        case 2 -> lastScoredStart = in.signed();
        case 3, 4, 5 -> event.readOne(in, in.field() - FIRST_EVENT_FIELD);
        default -> in.skip();
      }
    }
    return new Together(joint, lastScoredStart, event.event());
  }
}
