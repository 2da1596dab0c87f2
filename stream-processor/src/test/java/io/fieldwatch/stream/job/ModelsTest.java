package io.fieldwatch.stream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.store.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private static final Model BUNDLED = model("bundled");
  private final Path folder;
  private final ModelStore store;

  ModelsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.store = ModelStore.at(folder.toString(), Clock.systemUTC());
  }

  @Test
  void withoutAnyPromotedModelTheBundledOneScores() throws IOException {
    assertThat(open(Optional.empty()).current()).isSameAs(BUNDLED);
  }

  @Test
  void aPromotedModelIsTakenAndTheOneBeforeIsKnown() throws IOException {
    // Given
    promote("m-1");
    Models models = open(Optional.empty());
    assertThat(models.current().version()).isEqualTo("m-1");

    // When
    promote("m-2");
    models.refresh();

    // Then
    assertThat(models.current().version()).isEqualTo("m-2");
    assertThat(models.version("m-1").version()).isEqualTo("m-1");
    assertThat(models.version("bundled")).isSameAs(BUNDLED);
    assertThat(models.version("lost")).as("the log says so").isSameAs(models.current());
  }

  @Test
  void aDamagedModelIsRefusedAndTheOneBeforeKept() throws IOException {
    // Given
    promote("m-1");
    Models models = open(Optional.empty());
    promote("m-2");
    Files.writeString(folder.resolve("m-2/model.json"), "{\"format\": \"fieldwatch-an");
    Files.deleteIfExists(folder.resolve("m-2/.model.json.crc"));

    // When
    models.refresh();

    // Then
    assertThat(models.current().version()).isEqualTo("m-1");

    // And a start with it goes on with the model that scored last
    assertThat(open(Optional.of("m-1")).current().version()).isEqualTo("m-1");
    assertThat(open(Optional.empty()).current()).isSameAs(BUNDLED);
    Files.writeString(folder.resolve("current"), "nonsense");
    Files.deleteIfExists(folder.resolve(".current.crc"));
    assertThat(open(Optional.of("m-1")).current().version()).isEqualTo("m-1");
  }

  private Models open(Optional<String> newest) throws IOException {
    return Models.open(store, BUNDLED, newest);
  }

  private void promote(String version) throws IOException {
    store.add(ModelFile.write(model(version), Map.of(), Map.of()));
    store.promote(version);
  }

  private static Model model(String version) {
    return new Model(version, 0.5, 0, 4, List.of());
  }
}
