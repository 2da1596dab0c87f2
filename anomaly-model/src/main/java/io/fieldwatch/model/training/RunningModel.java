package io.fieldwatch.model.training;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.store.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The model in use, which guards a training against what is wrong already. */
final class RunningModel {
  /** What the job scores with, according to a store. */
  static final String CURRENT = "current";

  private RunningModel() {}

  /** The model of a file. */
  static Model of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "Cannot read the running model %s: there is no such file".formatted(file));
    }
    return ModelFile.read(Files.readAllBytes(file));
  }

  /** The one that is current in a store; the bundled one where none was promoted, as in the job. */
  static Model currentIn(String store, Clock clock) throws IOException {
    ModelStore models = ModelStore.at(store, clock);
    Optional<String> current = models.current();
    return current.isPresent() ? models.read(current.get()).model() : ModelFile.bundled();
  }
}
