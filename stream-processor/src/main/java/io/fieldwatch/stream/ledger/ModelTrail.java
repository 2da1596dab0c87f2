package io.fieldwatch.stream.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which model scored each part of the log first, as the intents say. A part that is read again,
 * after a crash or because a batch failed, is to be scored by the same model, so that what was
 * written stays as it was.
 *
 * <p>Not thread safe.
 */
public final class ModelTrail {
  /**
   * Part of the log, from where the stretch before it ends.
   *
   * @param until where it ends
   * @param model version of the model that scored it
   */
  public record Stretch(Position until, String model) {
    private long end(int partition) {
      return until.offsets().getOrDefault(partition, 0L);
    }
  }

  private final List<Stretch> stretches = new ArrayList<>();

  /**
   * A batch is going to be scored, or was.
   *
   * @param until where it ends
   */
  public void add(Position until, String model) {
    if (stretches.isEmpty()) {
      stretches.add(new Stretch(until, model));
      return;
    }
    int last = stretches.size() - 1;
    if (!goesBeyond(until, stretches.get(last).until())) {
      return;
    }
    if (stretches.get(last).model().equals(model)) {
      stretches.set(last, new Stretch(until, model));
    } else {
      stretches.add(new Stretch(until, model));
    }
  }

  /**
   * The stretch that begins at a position or holds it; empty where nothing was scored yet.
   *
   * @param position may have fewer partitions than the log had when it was scored; only what is
   *     beyond it in those can be read from there
   */
  public Optional<Stretch> at(Position position) {
    return stretches.stream()
        .filter(
            stretch ->
                position.offsets().entrySet().stream()
                    .anyMatch(from -> stretch.end(from.getKey()) > from.getValue()))
        .findFirst();
  }

  /** The model that scored last. */
  public Optional<String> newest() {
    return stretches.isEmpty()
        ? Optional.empty()
        : Optional.of(stretches.get(stretches.size() - 1).model());
  }

  /** In some partition; one that the other does not have yet begins at 0. */
  private static boolean goesBeyond(Position position, Position other) {
    return position.offsets().entrySet().stream()
        .anyMatch(next -> next.getValue() > other.offsets().getOrDefault(next.getKey(), 0L));
  }
}
