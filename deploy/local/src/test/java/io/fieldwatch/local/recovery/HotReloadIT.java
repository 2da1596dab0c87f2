package io.fieldwatch.local.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.local.Cli;
import io.fieldwatch.local.influx.Row;
import io.fieldwatch.local.stack.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model is promoted while the job runs; the job dies, and what it reads again is scored by the
 * models that scored it first; a damaged model is promoted, and the job keeps the one it has.
 */
class HotReloadIT {
  private static final String CHECKSUM = "\"checksum\" : \"";

  /** So that a job that died reads again what the first model scored. */
  private static final String SELDOM = "10m";

  private final Path folder;

  HotReloadIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aPromotedModelScoresWithoutARestartAndNothingIsScoredAnew() throws Exception {
    try (Pipeline pipeline = Pipeline.in(folder, SELDOM);
        SeededLoad load = pipeline.load(1, "e1")) {
      // Given
      Pipeline.awaitUntil(() -> models(pipeline).size() > 20);
      String first = models(pipeline).values().iterator().next();

      // When
      promote(pipeline, "second");

      // Then
      Pipeline.awaitUntil(() -> models(pipeline).containsValue("second"));
      Map<String, String> before = models(pipeline);
      assertThat(before).containsValue(first);

      // When the job dies before a snapshot has left the first model behind
      pipeline.stack().streamJob().kill();
      pipeline.stack().streamJob().start();
      int scored = before.size();
      Pipeline.awaitUntil(() -> models(pipeline).size() > scored + 100);

      // Then
      assertThat(models(pipeline)).containsAllEntriesOf(before);

      // When a model is promoted and its file damaged before the job sees it
      add(pipeline, "third");
      overwrite(pipeline, "/fieldwatch/models/third/model.json", "{\"format\": \"fieldwatch");
      overwrite(pipeline, "/fieldwatch/models/current", "third 2026-11-22T12:00:00Z\n");

      // Then
      Pipeline.awaitUntil(
          () -> log(pipeline).contains("Cannot score with the model that was promoted"));
      int refused = models(pipeline).size();
      Pipeline.awaitUntil(() -> models(pipeline).size() > refused + 100);
      assertThat(models(pipeline)).doesNotContainValue("third");
      assertThat(log(pipeline)).contains("keeping model=second", "Cannot use model 'third'");
      assertThat(load.produced()).isPositive();
    }
  }

  /** The model of every score, by device, sensor and time. */
  private static Map<String, String> models(Pipeline pipeline)
      throws IOException, InterruptedException {
    Map<String, String> models = new HashMap<>();
    for (Row row : pipeline.influx().run("SELECT model FROM score GROUP BY device, sensor")) {
      models.put(
          row.tag("device") + '/' + row.tag("sensor") + '@' + row.count("time"),
          row.text("model").orElseThrow());
    }
    return models;
  }

  private String log(Pipeline pipeline) throws IOException {
    return Files.readString(pipeline.stack().streamJob().logFile());
  }

  private void promote(Pipeline pipeline, String version) throws Exception {
    add(pipeline, version);
    models(pipeline, "promote", version);
  }

  private void add(Pipeline pipeline, String version) throws Exception {
    Path file = Files.write(folder.resolve(version + ".json"), bundledAs(version));
    models(pipeline, "add", file.toString());
  }

  private static void models(Pipeline pipeline, String what, String argument) {
    String store = pipeline.stack().endpoints().hdfs() + "/fieldwatch/models";
    int exit = Cli.commandLine().execute("models", "--store", store, what, argument);
    assertThat(exit).isZero();
  }

  /** The bundled model under another name. */
  private static byte[] bundledAs(String version) throws Exception {
    String text;
    try (ZipFile jar = new ZipFile(Installation.find().jar("anomaly-model").toFile());
        InputStream in =
            jar.getInputStream(jar.getEntry("io/fieldwatch/model/scorer/model.json"))) {
      text = new String(in.readAllBytes(), UTF_8);
    }
    String named =
        text.replaceFirst("\"version\" : \"[^\"]*\"", "\"version\" : \"" + version + "\"")
            .replaceFirst(CHECKSUM + "[0-9a-f]{64}", CHECKSUM + "0".repeat(64));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(named.getBytes(UTF_8));
    return named.replaceFirst("0".repeat(64), HexFormat.of().formatHex(digest)).getBytes(UTF_8);
  }

  /** Over WebHDFS. */
  private static void overwrite(Pipeline pipeline, String file, String text)
      throws IOException, InterruptedException {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    URI place =
        pipeline
            .stack()
            .endpoints()
            .nameNodeHttp()
            .resolve("/webhdfs/v1" + file + "?op=CREATE&overwrite=true");
    HttpRequest asked = HttpRequest.newBuilder(place).PUT(BodyPublishers.noBody()).build();
    String dataNode =
        http.send(asked, BodyHandlers.discarding()).headers().firstValue("Location").orElseThrow();
    HttpRequest written =
        HttpRequest.newBuilder(URI.create(dataNode)).PUT(BodyPublishers.ofString(text)).build();
    assertThat(http.send(written, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
  }
}
