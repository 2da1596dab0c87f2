package io.fieldwatch.model.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.scorer.ModelRejectedException;
import java.io.IOException;

/**
 * A model with what its file says of it.
 *
 * @param model as it scores
 * @param provenance where it comes from, for people
 * @param metrics what it reached, for people
 */
public record StoredModel(Model model, JsonNode provenance, JsonNode metrics) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public StoredModel {
    requireNonNull(model, "model is null");
  }

  /**
   * Reads a file.
   *
   * @throws ModelRejectedException if it cannot be honoured
   */
  public static StoredModel of(byte[] file) throws ModelRejectedException {
    Model model = ModelFile.read(file);
    try {
      JsonNode json = JSON.readTree(file);
      return new StoredModel(model, json.path("provenance"), json.path("metrics"));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read what was just read: " + e.getMessage(), e);
    }
  }
}
