package io.fieldwatch.model.command;

import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.store.StoredModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model a command is about. */
final class ModelOption {
  private static final String BUNDLED = "model.json";

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "A model file (default: the bundled one).")
  private @Nullable Path file;

  /** With what its file says of it. */
  StoredModel read() throws IOException {
    if (file != null) {
      return StoredModel.of(Files.readAllBytes(file));
    }
    try (InputStream in = ModelFile.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IOException("Cannot read the bundled model: not on the class path");
      }
      return StoredModel.of(in.readAllBytes());
    }
  }
}
