package io.fieldwatch.local.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** Writes files to HDFS over WebHDFS, which needs none of Hadoop's jars. */
final class HdfsFiles {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Endpoints endpoints;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HdfsFiles(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * Copies a file; makes the folders above it, and replaces one that is there.
   *
   * @return the file's address
   */
  URI put(Path file, String target) throws IOException, InterruptedException {
    return put(BodyPublishers.ofFile(file), target);
  }

  /** As {@link #put(Path, String)}, with a text. */
  URI put(String text, String target) throws IOException, InterruptedException {
    return put(BodyPublishers.ofString(text), target);
  }

  private URI put(BodyPublisher content, String target) throws IOException, InterruptedException {
    // The NameNode names the DataNode that takes the content.
    URI place =
        endpoints
            .nameNodeHttp()
            .resolve("/webhdfs/v1" + target + "?op=CREATE&overwrite=true&noredirect=true");
    String answer = send(HttpRequest.newBuilder(place).PUT(BodyPublishers.noBody()), target);
    String location = new ObjectMapper().readTree(answer).path("Location").asText();
    send(HttpRequest.newBuilder(URI.create(location)).PUT(content), target);
    return endpoints.hdfs().resolve(target);
  }

  private String send(HttpRequest.Builder request, String target)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request.timeout(BOUND).build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "Cannot write %s to HDFS: it answers %d, %s"
              .formatted(target, response.statusCode(), response.body().strip()));
    }
    return response.body();
  }
}
