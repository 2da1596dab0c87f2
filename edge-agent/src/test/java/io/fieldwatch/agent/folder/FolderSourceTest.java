package io.fieldwatch.agent.folder;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.agent.source.PackWriter;
import io.fieldwatch.agent.source.Progress;
import io.fieldwatch.agent.source.RecordingWriter;
import io.fieldwatch.reading.DeviceId;
import io.fieldwatch.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
  private static final DeviceId DEVICE = new DeviceId("lab", "drop-1");

  private final Path root;
  private final Path directory;
  private final RecordingWriter writer = new RecordingWriter();
  private FolderSource source;

  FolderSourceTest(@TempDir Path root) throws IOException {
    this.root = root;
    this.directory = Files.createDirectories(root.resolve("in"));
    this.source = newSource(root, directory);
  }

  @AfterEach
  void stop() {
    source.close();
  }

  @Test
  void publishesACsvFileAndMovesItToDone() throws IOException {
    // Given
    drop("a.csv", "time,temperature\n1700000000,21.5\n1700000001,21.6\n");

    // When
    source.start(writer);

    // Then
    awaitMoved("done/a.csv");
    assertThat(writer.packs())
        .containsExactly(
            List.of(
                new Reading("temperature", 1700000000000L, 21.5, ""),
                new Reading("temperature", 1700000001000L, 21.6, "")));
  }

  @Test
  void publishesASenmlFile() throws IOException {
    // Given
    drop(
        "a.json", "[{\"bn\":\"lab/drop-1/\",\"bt\":1700000000,\"n\":\"t\",\"u\":\"Cel\",\"v\":1}]");

    // When
    source.start(writer);

    // Then
    awaitMoved("done/a.json");
    assertThat(writer.packs()).containsExactly(List.of(new Reading("t", 1700000000000L, 1, "Cel")));
  }

  @Test
  void publishesNothingOfAFileWithAFaultAndSaysWhy() throws IOException {
    // Given
    drop("a.csv", "time,temperature\n1700000000,21.5\n1700000001,warm\n");

    // When
    source.start(writer);

    // Then
    awaitMoved("failed/a.csv");
    awaitMoved("failed/a.csv.reason.txt");
    assertThat(directory.resolve("failed/a.csv.reason.txt"))
        .hasContent("Cannot read line 3, column 'temperature': 'warm', expected a number\n");
    assertThat(writer.packs()).isEmpty();
  }

  @Test
  void refusesASenmlFileOfAnotherDevice() throws IOException {
    // Given
    drop("a.json", "[{\"bn\":\"lab/other/\",\"bt\":1700000000,\"n\":\"t\",\"v\":1}]");

    // When
    source.start(writer);

    // Then
    awaitMoved("failed/a.json.reason.txt");
    assertThat(writer.packs()).isEmpty();
  }

  @Test
  void leavesAFileAloneThatIsStillBeingWritten() throws IOException {
    // Given
    Path growing = drop("growing.csv", "time,a\n");
    Path unfinished = drop("z.tmp", "time,a\n1700000000,1\n");
    source.look(writer);

    // When
    for (int i = 0; i < 10; i++) {
      Files.writeString(growing, (1700000000 + i) + ",1\n", StandardOpenOption.APPEND);
      source.look(writer);
      assertThat(growing).exists();
    }
    source.look(writer);

    // Then
    assertThat(directory.resolve("done/growing.csv")).exists();
    assertThat(writer.packs().stream().mapToInt(List::size).sum()).isEqualTo(10);
    assertThat(unfinished).exists();
  }

  @Test
  void goesOnBehindTheLastPackAfterAKill() throws IOException {
    // Given
    drop("big.csv", fourThousandReadings());
    killAfterTwoPacks();

    // When
    startAgain();

    // Then
    awaitMoved("done/big.csv");
    assertThat(readings()).hasSize(4000).doesNotHaveDuplicates();
  }

  @Test
  void finishesTheFileUnderWayBeforeOneThatCameWhileItWasDown() throws IOException {
    // Given
    drop("b.csv", fourThousandReadings());
    killAfterTwoPacks();
    drop("a.csv", "time,c\n1700000000,3\n");

    // When
    startAgain();

    // Then
    awaitMoved("done/b.csv");
    awaitMoved("done/a.csv");
    assertThat(readings())
        .hasSize(4001)
        .doesNotHaveDuplicates()
        .endsWith(new Reading("c", 1700000000000L, 3, ""));
  }

  @Test
  void refusesAFileWithARowThatNoPackHoldsAndGoesOnWithOthers() throws IOException {
    // Given
    drop("wide.csv", oneRowOf(PackWriter.MAX_READINGS + 1));
    source.start(writer);

    // When
    awaitMoved("failed/wide.csv.reason.txt");
    drop("good.csv", oneRowOf(PackWriter.MAX_READINGS));

    // Then
    awaitMoved("done/good.csv");
    assertThat(directory.resolve("failed/wide.csv.reason.txt"))
        .hasContent("Cannot read line 2: it has 1001 readings, a pack holds 1000 at most\n");
    assertThat(readings()).hasSize(1000);
  }

  @Test
  void goesOnWithOthersAfterAFileThatBringsOutADefect() throws IOException {
    // Given
    drop("a.csv", "time,t\n1700000000,1\n");
    drop("b.csv", "time,t\n1700000000,2\n");
    writer.beforeEachPack(
        readings -> {
          if (readings.get(0).value() == 1) {
            throw new IllegalStateException("a defect");
          }
        });

    // When
    source.start(writer);

    // Then
    awaitMoved("done/b.csv");
    assertThat(directory.resolve("failed/a.csv.reason.txt"))
        .hasContent("Cannot publish: java.lang.IllegalStateException: a defect\n");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void putsAFileAsideThatCannotBeReadAndGoesOnWithOthers() throws IOException {
    // Given
    Path unreadable = Path.of("/proc/self/mem");
    Files.createSymbolicLink(directory.resolve("a.csv"), unreadable);
    drop("b.csv", "time,t\n1700000000,2\n");

    // When
    source.start(writer);

    // Then
    awaitMoved("failed/a.csv.reason.txt");
    awaitMoved("done/b.csv");
    assertThat(Files.readString(directory.resolve("failed/a.csv.reason.txt")))
        .startsWith("Cannot read the file: java.io.IOException: ");
  }

  @Test
  void skipsAFileThatCanBeNeitherPublishedNorMoved() throws IOException {
    // Given
    Files.createSymbolicLink(directory.resolve("failed"), root.resolve("nowhere"));
    Path refused = drop("a.csv", "time,t\n1700000000,warm\n");
    drop("b.csv", "time,t\n1700000000,2\n");

    // When
    source.start(writer);

    // Then
    awaitMoved("done/b.csv");
    assertThat(refused).exists();
    assertThat(readings()).hasSize(1);
  }

  @Test
  void leavesFilesWhereTheyAreWhileTheSpoolRefuses() throws IOException {
    // Given
    Path file = drop("a.csv", "time,t\n1700000000,1\n");
    writer.refuseAfter(0);
    source.look(writer);

    // When, then
    assertThatThrownBy(() -> source.look(writer)).isInstanceOf(IOException.class);
    assertThat(file).exists();
  }

  @Test
  void passesOverAFileThatVanishesWhileAnotherIsPublished() throws IOException {
    // Given
    drop("a.csv", "time,t\n1700000000,1\n");
    Path vanishing = drop("b.csv", "time,t\n1700000000,2\n");
    drop("c.csv", "time,t\n1700000000,3\n");
    source.look(writer);
    writer.beforeEachPack(readings -> Files.deleteIfExists(vanishing));

    // When
    source.look(writer);

    // Then
    assertThat(directory.resolve("done/a.csv")).exists();
    assertThat(directory.resolve("done/c.csv")).exists();
    assertThat(readings()).hasSize(2);
  }

  private static FolderSource newSource(Path root, Path directory) {
    return new FolderSource(
        DEVICE,
        directory,
        Set.of("anomaly"),
        new Progress(root.resolve("progress")),
        Duration.ofMillis(100));
  }

  private Path drop(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static String oneRowOf(int readings) {
    String names = IntStream.range(0, readings).mapToObj(i -> ",s" + i).collect(joining());
    return "time" + names + "\n1700000000" + ",1".repeat(readings) + "\n";
  }

  private static String fourThousandReadings() {
    StringBuilder csv = new StringBuilder("time,a,b\n");
    for (int i = 0; i < 2000; i++) {
      csv.append(1_700_000_000 + i).append(",1,2\n");
    }
    return csv.toString();
  }

  private void killAfterTwoPacks() {
    writer.refuseAfter(2);
    source.start(writer);
    await().until(() -> writer.packs().size() == 2);
    source.close();
  }

  private void startAgain() {
    writer.refuseAfter(Integer.MAX_VALUE);
    source = newSource(root, directory);
    source.start(writer);
  }

  private List<Reading> readings() {
    return writer.packs().stream().flatMap(List::stream).toList();
  }

  private void awaitMoved(String name) {
    await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(directory.resolve(name)));
  }
}
