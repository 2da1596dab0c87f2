package io.fieldwatch.model.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.model.scorer.Model;
import io.fieldwatch.model.scorer.ModelFile;
import io.fieldwatch.model.scorer.ModelRejectedException;
import io.fieldwatch.model.scorer.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC);
  private final Path folder;
  private final ModelStore store;

  ModelStoreTest(@TempDir Path parent) throws IOException {
    folder = parent.resolve("models");
    store = ModelStore.at(folder.toString(), CLOCK);
  }

  @Test
  void aStoreThatIsNotThereYetIsEmpty() throws IOException {
    assertThat(store.versions()).isEmpty();
    assertThat(store.current()).isEmpty();
    assertThatThrownBy(() -> store.read("m-1"))
        .isInstanceOf(ModelStoreException.class)
        .hasMessageStartingWith("Cannot find model 'm-1' in ");
    assertThatThrownBy(store::rollBack).hasMessageStartingWith("Cannot roll back");
  }

  @Test
  void aVersionIsKeptWholeAndReadWithWhatItsFileSays() throws IOException {
    // When
    assertThat(store.add(file("m-1", 0.5))).isEqualTo("m-1");

    // Then
    StoredModel read = store.read("m-1");
    assertThat(read.model().threshold()).isEqualTo(0.5);
    assertThat(read.provenance().path("seed").asInt()).isEqualTo(7);
    assertThat(store.versions()).containsExactly("m-1");
    assertThat(Files.readAllBytes(folder.resolve("m-1/model.json"))).isEqualTo(file("m-1", 0.5));
    assertThat(visible()).containsExactly("m-1");
  }

  @Test
  void aVersionNeverChanges() throws IOException {
    // Given
    store.add(file("m-1", 0.5));

    // Then: the same file again is no change
    assertThat(store.add(file("m-1", 0.5))).isEqualTo("m-1");
    assertThatThrownBy(() -> store.add(file("m-1", 0.6)))
        .isInstanceOf(ModelStoreException.class)
        .hasMessage(
            "Cannot add model 'm-1': another file has that version, and versions never change");
    assertThat(store.read("m-1").model().threshold()).isEqualTo(0.5);
    assertThat(visible()).containsExactly("m-1");
  }

  @Test
  void whatIsPromotedIsCurrentAndTheWayBackIsKnown() throws IOException {
    // Given
    for (String version : List.of("m-1", "m-2", "m-3")) {
      store.add(file(version, 0.5));
      store.promote(version);
    }
    store.promote("m-3");
    assertThat(store.current()).contains("m-3");
    assertThat(store.promotions())
        .hasSize(3)
        .contains(new Promotion("m-1", CLOCK.instant(), Promotion.Way.PROMOTED));

    // When
    assertThat(store.rollBack()).isEqualTo("m-2");
    assertThat(store.rollBack()).isEqualTo("m-1");

    // Then
    assertThat(store.current()).contains("m-1");
    assertThatThrownBy(store::rollBack)
        .hasMessage("Cannot roll back: no model was current before 'm-1'");
    assertThat(Files.readString(folder.resolve("current"))).startsWith("m-1 ");
  }

  @Test
  void aRollBackIsPartOfTheHistoryAndWhatWasRolledBackStaysInIt() throws IOException {
    // Given
    store.add(file("m-1", 0.5));
    store.add(file("m-2", 0.5));
    at("10:00").promote("m-1");
    at("11:00").promote("m-2");

    // When
    at("12:00").rollBack();

    // Then
    assertThat(store.promotions())
        .containsExactly(
            new Promotion("m-1", instant("12:00"), Promotion.Way.ROLLED_BACK),
            new Promotion("m-2", instant("11:00"), Promotion.Way.PROMOTED),
            new Promotion("m-1", instant("10:00"), Promotion.Way.PROMOTED));
    assertThat(Files.readString(folder.resolve("current")))
        .isEqualTo(
            """
            m-1 2026-05-04T12:00:00Z rollback
            m-2 2026-05-04T11:00:00Z
            m-1 2026-05-04T10:00:00Z
            """);
  }

  private ModelStore at(String time) throws IOException {
    return ModelStore.at(folder.toString(), Clock.fixed(instant(time), ZoneOffset.UTC));
  }

  private static Instant instant(String time) {
    return Instant.parse("2026-05-04T" + time + ":00Z");
  }

  @Test
  void aVersionThatWasRolledBackIsNoWayBack() throws IOException {
    // Given
    for (String version : List.of("m-1", "m-2", "m-3")) {
      store.add(file(version, 0.5));
    }
    store.promote("m-1");
    store.promote("m-2");
    store.rollBack();
    store.promote("m-3");

    // When
    assertThat(store.rollBack()).isEqualTo("m-1");

    // Then
    assertThatThrownBy(store::rollBack)
        .hasMessage("Cannot roll back: no model was current before 'm-1'");
    assertThat(store.promotions()).hasSize(5);
  }

  @Test
  void aFileFromBeforeRollBacksWereWrittenIsUnderstood() throws IOException {
    // Given
    store.add(file("m-1", 0.5));
    store.add(file("m-2", 0.5));
    Files.writeString(
        folder.resolve("current"), "m-2 2026-05-04T11:00:00Z\nm-1 2026-05-04T10:00:00Z\n");
    assertThat(store.current()).contains("m-2");

    // When
    assertThat(at("12:00").rollBack()).isEqualTo("m-1");

    // Then
    assertThat(store.promotions()).hasSize(3);
  }

  @Test
  void ofAVeryLongHistoryTheOldestIsForgottenAndTheLatestWayBackIsNot() throws IOException {
    // Given: m-2 was promoted and rolled back again and again
    store.add(file("m-1", 0.5));
    store.add(file("m-2", 0.5));
    Files.writeString(
        folder.resolve("current"),
        "m-1 2026-05-04T11:00:00Z rollback\nm-2 2026-05-04T10:00:00Z\n".repeat(50));

    // When
    store.promote("m-2");

    // Then
    assertThat(store.promotions()).hasSize(100);
    assertThat(store.rollBack()).isEqualTo("m-1");
    assertThat(store.promotions()).hasSize(100);
  }

  @Test
  void whatCannotBeHonouredIsNeitherAddedNorPromoted() throws IOException {
    // Given
    store.add(file("m-1", 0.5));
    store.promote("m-1");
    store.add(file("m-2", 0.5));
    byte[] whole = Files.readAllBytes(folder.resolve("m-2/model.json"));
    Files.write(folder.resolve("m-2/model.json"), Arrays.copyOf(whole, 200));
    Files.createDirectories(folder.resolve("m-3"));
    Files.copy(folder.resolve("m-1/model.json"), folder.resolve("m-3/model.json"));

    // Then
    assertThatThrownBy(() -> store.add("{}".getBytes(UTF_8)))
        .isInstanceOf(ModelRejectedException.class);
    assertThatThrownBy(() -> store.promote("m-2"))
        .isInstanceOf(ModelStoreException.class)
        .hasMessageStartingWith("Cannot use model 'm-2': Cannot read model: damaged");
    assertThatThrownBy(() -> store.promote("m-3"))
        .hasMessage("Cannot use model 'm-3': its file is that of 'm-1'");
    assertThatThrownBy(() -> store.promote("../m-1")).hasMessage("Invalid model version '../m-1'");
    assertThat(store.current()).contains("m-1");
  }

  @Test
  void aDamagedCurrentIsRefusedAndReplacedByTheNextPromotion() throws IOException {
    // Given
    store.add(file("m-1", 0.5));
    store.promote("m-1");
    for (String damaged : damagedFiles()) {
      Files.writeString(folder.resolve("current"), damaged);
      if (!damaged.isEmpty()) {
        Files.deleteIfExists(folder.resolve(".current.crc"));
      }

      // Then
      assertThatThrownBy(store::current).as("'%s'", damaged).isInstanceOf(IOException.class);
    }
    store.promote("m-1");
    assertThat(store.current()).contains("m-1");
  }

  private static List<String> damagedFiles() {
    return List.of(
        "",
        "m-1",
        "m-1 soon\n",
        "../x 1970-01-01T00:00:00Z\n",
        "m-1 1970-01-01T00:00:00Z sideways\n",
        "m-1 1970-01-01T00:00:00Z rollback twice\n");
  }

  private List<String> visible() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static byte[] file(String version, double threshold) {
    Model model =
        new Model(version, threshold, -1, 4, List.of(new Weight("level.surprise", 0, 1, 1)));
    return ModelFile.write(model, Map.of("seed", 7), Map.of("recall", 0.9));
  }
}
