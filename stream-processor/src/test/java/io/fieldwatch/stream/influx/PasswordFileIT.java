package io.fieldwatch.stream.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fieldwatch.stream.config.StreamConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileIT {
  private InfluxServer server;
  private Path password;

  @BeforeEach
  void startServerThatAsksWhoWeAre(@TempDir Path folder) throws Exception {
    password = folder.resolve("password");
    server = new InfluxServer(folder, InfluxServer.Access.BY_PASSWORD);
    server.start();
    server.query("CREATE USER root WITH PASSWORD 'open sesame' WITH ALL PRIVILEGES");
    server.signIn("root", "open sesame");
    server.query("CREATE DATABASE fieldwatch WITH DURATION INF NAME main");
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void signsInWithTheFirstLineOfTheFile() throws Exception {
    Files.writeString(password, "open sesame\nanything else\n");

    assertThat(writeOnePoint().get(30, TimeUnit.SECONDS)).isEmpty();
    assertThat(server.query("SELECT v FROM main.m")).contains("[1,7]");
  }

  @Test
  void goesOnByItselfOnceTheFileHasTheRightPassword() throws Exception {
    // Given a wrong password, which the server refuses
    Files.writeString(password, "wrong");
    CompletableFuture<List<PointWriter.Refused>> writing = writeOnePoint();
    await()
        .during(1, TimeUnit.SECONDS)
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(writing).isNotDone());

    // When the file is put right
    Files.writeString(password, "open sesame");

    // Then the point arrives without a restart
    assertThat(writing.get(60, TimeUnit.SECONDS)).isEmpty();
    assertThat(server.query("SELECT v FROM main.m")).contains("[1,7]");
  }

  private CompletableFuture<List<PointWriter.Refused>> writeOnePoint() {
    Lines lines = new Lines();
    lines.point("m").field("v", 7L).at(1);
    StreamConfig.Influx config =
        new StreamConfig.Influx(
            server.url(),
            "fieldwatch",
            "main",
            new StreamConfig.Login("root", password.toString()));
    return CompletableFuture.supplyAsync(
        () -> {
          try (InfluxWriter writer = new InfluxWriter(config)) {
            return writer.write(lines);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
