package io.fieldwatch.local.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fieldwatch.local.Cli;
import io.fieldwatch.local.stack.Installation;
import io.fieldwatch.local.stack.SparkOptions;
import io.fieldwatch.local.stack.Stack;
import io.fieldwatch.topic.KafkaTopics;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same readings from files on HDFS and from Kafka, in one process and on a cluster. */
class TrainingSourcesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODULE = "anomaly-model";

  @TempDir private static Path folder;

  private static Stack stack;
  private static int twice;

  @TempDir private Path out;

  private final Installation installation = Installation.find();

  private record Run(int exit, String words) {}

  @BeforeAll
  static void sendReadings() throws IOException, InterruptedException {
    stack = Stack.in(folder.resolve("stack")).withoutMqtt().onSparkCluster().start();
    SentReadings readings = new SentReadings(System.currentTimeMillis() - 3_600_000, 11);
    readings.writeCsv(folder.resolve("recordings"));
    twice = readings.sendTo(stack.endpoints().kafkaBootstrap());
  }

  @AfterAll
  static void stopStack() throws IOException {
    stack.close();
  }

  @Test
  void wherever_readings_come_from_and_wherever_it_runs_the_model_is_the_same() throws Exception {
    // Given
    putIntoHdfs(folder.resolve("recordings"), "/recordings");
    Path ofHdfs = out.resolve("hdfs.json");
    Path ofKafka = out.resolve("kafka.json");

    // When
    Run hdfs =
        train("--data", stack.endpoints().hdfs() + "/recordings", "--out", ofHdfs.toString());
    int kafka =
        Cli.commandLine()
            .execute(
                "train",
                "--dir",
                folder.resolve("stack").toString(),
                "--from-stack",
                "--master",
                stack.endpoints().sparkMaster().toString(),
                "--store",
                "--report",
                out.resolve("report").toString(),
                "--out",
                ofKafka.toString());

    // Then
    assertThat(hdfs.exit()).as(hdfs.words()).isZero();
    assertThat(kafka).isZero();
    assertThat(withoutProvenance(ofKafka)).isEqualTo(withoutProvenance(ofHdfs));
    JsonNode provenance = JSON.readTree(ofKafka.toFile()).path("provenance");
    assertThat(provenance.path("packs").asInt())
        .isEqualTo(SentReadings.DEVICES * SentReadings.ROWS / 6);
    assertThat(provenance.path("duplicatePacks").asInt()).isEqualTo(twice).isPositive();
    assertThat(provenance.path("undecodablePacks").asInt()).isEqualTo(SentReadings.BROKEN);
    assertThat(out.resolve("report/report.html")).content().contains("naive Bayes");
    assertThat(Cli.commandLine().execute(promote(ofKafka))).as("it is in the store").isZero();
  }

  @Test
  void what_cannot_be_read_is_told_in_a_sentence() throws Exception {
    // Given
    String kafka = stack.endpoints().kafkaBootstrap();
    Path model = out.resolve("model.json");

    // When
    Run empty =
        train("--kafka", kafka, "--topic", KafkaTopics.QUARANTINE, "--out", model.toString());
    Run unknown = train("--kafka", kafka, "--topic", "no.such", "--out", model.toString());
    Run early = train("--kafka", kafka, "--since", "10m", "--out", model.toString());

    // Then
    assertThat(empty.words())
        .isEqualTo("Cannot train from topic 'fieldwatch.quarantine': there is nothing in it yet\n");
    assertThat(unknown.words())
        .startsWith("Cannot find topic 'no.such' in Kafka: it has ")
        .contains("fieldwatch.readings")
        .endsWith("; name one with --topic\n");
    assertThat(early.words())
        .startsWith("Cannot train from topic 'fieldwatch.readings': nothing has come since ")
        .endsWith("; go further back with --since\n");
    assertThat(List.of(empty.exit(), unknown.exit(), early.exit())).containsOnly(1);
    assertThat(model).doesNotExist();
  }

  private String[] promote(Path model) throws IOException {
    String version = JSON.readTree(model.toFile()).path("version").asText();
    return new String[] {"models", "--dir", folder.resolve("stack").toString(), "promote", version};
  }

  /** The checksum is that of the whole file. */
  private static JsonNode withoutProvenance(Path model) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(model.toFile());
    return json.without(List.of("provenance", "checksum"));
  }

  private Run train(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SparkOptions.ofBuild());
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of(
            "-cp",
            installation.jar(MODULE) + File.pathSeparator + installation.classPath(MODULE),
            "io.fieldwatch.model.training.Train"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(process.waitFor(), words);
  }

  private void putIntoHdfs(Path source, String target) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder.resolve("stack/conf/hdfs")
                    + File.pathSeparator
                    + installation.classPath("deploy/servers/hdfs"),
                "org.apache.hadoop.fs.FsShell",
                "-put",
                source.toString(),
                target)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertThat(exit).isZero();
  }
}
