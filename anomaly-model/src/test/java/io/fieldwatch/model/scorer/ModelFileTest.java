package io.fieldwatch.model.scorer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fieldwatch.model.feature.FeatureNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelFileTest {
  private static final Model MODEL =
      new Model(
              "m-1",
              0.75,
              -1.0 / 3,
              4,
              List.of(
                  new Weight("level.surprise", 0.1, 0.7, 1.1), new Weight("gap.tail", 0, 1, 1e-9)))
          .calibratedBy(
              new Calibration(
                  List.of(new Calibration.Knot(-0.1, -2.0 / 3), new Calibration.Knot(0.3, 7.5))));

  private static final byte[] FILE =
      ModelFile.write(MODEL, Map.of("seed", 42), Map.of("recall", Map.of("spike", 0.9)));

  @Test
  void whatWasWrittenIsReadToTheLastBit() throws IOException {
    Model read = ModelFile.read(new ByteArrayInputStream(FILE));

    assertThat(read.version()).isEqualTo("m-1");
    assertThat(read.threshold()).isEqualTo(0.75);
    assertThat(read.intercept()).isEqualTo(-1.0 / 3);
    assertThat(read.clip()).isEqualTo(4);
    assertThat(read.weights()).isEqualTo(MODEL.weights());
    assertThat(read.calibration().knots()).isEqualTo(MODEL.calibration().knots());
  }

  @Test
  void aFileOfTheFirstVersionIsReadAndItsLogitsAreTakenAsTheyAre() throws IOException {
    // Given
    String first =
        new String(FILE, UTF_8)
            .replace("\"formatVersion\" : 2", "\"formatVersion\" : 1")
            .replaceFirst("(?s)\"calibration\" : \\[.*?\\],\\s*", "");
    assertThat(first).doesNotContain("calibration");

    // When
    Model read = ModelFile.read(sealed(first));

    // Then
    assertThat(read.weights()).isEqualTo(MODEL.weights());
    assertThat(read.calibration().knots()).isEmpty();
    double[] nothing = new double[FeatureNames.all().size()];
    assertThat(read.probability(nothing)).isEqualTo(1 / (1 + Math.exp(-read.logit(nothing))));
  }

  @Test
  void theBundledModelIsWholeAndQuietWhereNothingIsUnusual() {
    Model model = ModelFile.bundled();

    double[] nothing = new double[FeatureNames.all().size()];
    assertThat(model.probability(nothing)).isLessThan(model.threshold());
    assertThat(model.weights()).isNotEmpty();
  }

  @Test
  void aFileInWhichAnyByteWasChangedIsRefused() {
    Random random = new Random(5);
    for (int i = 0; i < FILE.length; i++) {
      byte[] damaged = FILE.clone();
      damaged[i] ^= (byte) (1 << random.nextInt(7));
      assertThatThrownBy(() -> ModelFile.read(damaged))
          .as("byte %d", i)
          .isInstanceOf(ModelRejectedException.class)
          .hasMessageStartingWith("Cannot read model: ");
    }
  }

  @Test
  void anEditedNumberIsNamedAsDamage() {
    assertThatThrownBy(() -> ModelFile.read(edited("0.75", "0.10")))
        .isInstanceOf(ModelRejectedException.class)
        .hasMessageContaining("its checksum says")
        .hasMessageContaining("it was damaged or edited");
  }

  @Test
  void aTruncatedFileIsRefused() {
    // The newline at the end is part of the file too.
    for (int length = 0; length < FILE.length; length++) {
      byte[] head = Arrays.copyOf(FILE, length);
      assertThatThrownBy(() -> ModelFile.read(head))
          .as("%d bytes", length)
          .isInstanceOf(ModelRejectedException.class);
    }
  }

  @Test
  void aForeignFileIsRefused() {
    assertThatThrownBy(() -> ModelFile.read("{\"coefficients\": [1, 2]}".getBytes(UTF_8)))
        .isInstanceOf(ModelRejectedException.class)
        .hasMessage(
            "Cannot read model: 'format' is not 'fieldwatch-anomaly-model', so this is another kind"
                + " of file");
    assertThatThrownBy(() -> ModelFile.read("[]".getBytes(UTF_8)))
        .hasMessage("Cannot read model: not a JSON object");
    assertThatThrownBy(() -> ModelFile.read("PK\3\4".getBytes(UTF_8)))
        .hasMessageStartingWith("Cannot read model: damaged or no JSON");
    assertThatThrownBy(() -> ModelFile.read(new byte[5 << 20]))
        .hasMessage("Cannot read model: larger than 4194304 bytes");
  }

  @Test
  void aFileOfTheFutureIsRefusedBeforeItsContentIsLookedAt() {
    assertThatThrownBy(
            () -> ModelFile.read(edited("\"formatVersion\" : 2", "\"formatVersion\" : 3")))
        .isInstanceOf(ModelRejectedException.class)
        .hasMessage("Cannot read model: its format is version 3, this program knows 1 to 2");
  }

  @Test
  void featuresOfAnotherVersionAreRefused() {
    assertThatThrownBy(
            () -> ModelFile.read(sealed("\"featureVersion\" : 2", "\"featureVersion\" : 9")))
        .isInstanceOf(ModelRejectedException.class)
        .hasMessage("Cannot read model: trained on features of version 9, this program computes 2");
  }

  @Test
  void whatAReaderWouldHaveToIgnoreIsRefused() {
    assertThatThrownBy(() -> ModelFile.read(sealed("\"clip\"", "\"wonder\" : 1, \"clip\"")))
        .isInstanceOf(ModelRejectedException.class)
        .hasMessage("Cannot read model: 'wonder' is not part of format version 2");
    assertThatThrownBy(
            () -> ModelFile.read(sealed("\"formatVersion\" : 2", "\"formatVersion\" : 1")))
        .isInstanceOf(ModelRejectedException.class)
        .hasMessage("Cannot read model: 'calibration' is not part of format version 1");
    assertThatThrownBy(() -> ModelFile.read(sealed("\"logit\" : 0.3", "\"logit\" : -0.3")))
        .isInstanceOf(ModelRejectedException.class)
        .hasMessageContaining("does not rise");
    assertThatThrownBy(() -> ModelFile.read(sealed("level.surprise", "level.wonder")))
        .isInstanceOf(ModelRejectedException.class)
        .hasMessage("Cannot read model: Invalid weight: there is no feature 'level.wonder'");
    assertThatThrownBy(() -> ModelFile.read(sealed("0.75", "\"0.75\"")))
        .isInstanceOf(ModelRejectedException.class)
        .hasMessage("Cannot read model: 'threshold' is no number");
    assertThatThrownBy(() -> ModelFile.read(sealed("0.75", "1e999")))
        .isInstanceOf(ModelRejectedException.class)
        .hasMessage("Cannot read model: Invalid threshold Infinity: must be from 0 to 1");
  }

  private static byte[] edited(String from, String to) {
    String text = new String(FILE, UTF_8);
    assertThat(text).contains(from);
    return text.replace(from, to).getBytes(UTF_8);
  }

  /** Edited, with a checksum that fits again. */
  private static byte[] sealed(String from, String to) {
    return sealed(new String(edited(from, to), UTF_8));
  }

  private static byte[] sealed(String file) {
    String blank = file.replaceFirst("[0-9a-f]{64}", "0".repeat(64));
    return ModelFile.withChecksum(blank.getBytes(UTF_8));
  }
}
