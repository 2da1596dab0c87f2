package io.fieldwatch.stream.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.fieldwatch.stream.config.StreamConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfluxWriterIT {
  private InfluxServer server;
  private InfluxWriter writer;

  @BeforeEach
  void startServer(@TempDir Path folder) throws Exception {
    server = new InfluxServer(folder).start();
    server.query("CREATE DATABASE fieldwatch WITH DURATION INF NAME main");
    writer = new InfluxWriter(new StreamConfig.Influx(server.url(), "fieldwatch", "main", null));
  }

  @AfterEach
  void stopServer() throws Exception {
    writer.close();
    server.close();
  }

  @Test
  void storesMoreThanOneRequestHolds() throws Exception {
    // Given
    Lines lines = new Lines();
    for (int i = 0; i < 12_345; i++) {
      lines.point("m").field("v", i).at(i);
    }

    // When
    List<PointWriter.Refused> refused = writer.write(lines);

    // Then
    assertThat(refused).isEmpty();
    assertThat(server.query("SELECT count(v) FROM main.m")).contains("12345");
  }

  @Test
  void findsTheRefusedPointAndStoresAllOthers() throws Exception {
    // Given
    Lines lines = new Lines();
    for (int i = 0; i < 1000; i++) {
      Lines.Point point = lines.point("m");
      if (i == 617) {
        point.field("v", "text where numbers are").at(i);
      } else {
        point.field("v", i).at(i);
      }
    }

    // When
    List<PointWriter.Refused> refused = writer.write(lines);

    // Then
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).line()).contains("text where numbers are");
    assertThat(refused.get(0).reason()).contains("field type conflict");
    assertThat(server.query("SELECT count(v) FROM main.m")).contains("999");
  }

  @Test
  void waitsForAServerThatIsAwayAndLosesNothing() throws Exception {
    // Given
    server.kill();
    Lines lines = new Lines();
    lines.point("m").field("v", 7L).at(1);

    // When
    CompletableFuture<List<PointWriter.Refused>> writing =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return writer.write(lines);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(writing).isNotDone();
    server.start();

    // Then
    assertThat(writing.get(60, TimeUnit.SECONDS)).isEmpty();
    assertThat(server.query("SELECT v FROM main.m")).contains("[1,7]");
  }
}
