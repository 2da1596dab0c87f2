package io.fieldwatch.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fieldwatch.stream.config.StreamConfigFile;
import io.fieldwatch.stream.job.OnePass;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Computes from the log what InfluxDB must hold, as line protocol: {@code --config stream.yaml
 * points.txt}.
 */
public final class Recompute {
  private static final int USAGE = 2;

  private Recompute() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 3 || !args[0].equals("--config")) {
      System.err.println("Usage: --config FILE POINTS");
      System.exit(USAGE);
    }
    OnePass pass = new OnePass(StreamConfigFile.read(Path.of(args[1])).config());
    try (BufferedWriter out = Files.newBufferedWriter(Path.of(args[2]), UTF_8)) {
      pass.writeTo(out);
    }
  }
}
