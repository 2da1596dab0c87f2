package io.fieldwatch.bench;

import static java.util.Objects.requireNonNull;

import io.fieldwatch.bench.DecodeBenchmark.Shape;
import io.fieldwatch.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * {@code bench codec}: how fast packs are decoded and what it allocates, beside the same decoder
 * without its scanner for plain JSON and beside a bare tokenizer. Its last line of output is the
 * result as JSON; it exits with 1 if a floor was not held. Takes about two minutes.
 */
public final class CodecBench {
  private static final String SPEED = "packsPerCpuSecond";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** The scanner for plain JSON does less than a tokenizer and more with it: 1.2 to 1.4. */
  private static final double JSON_SPEED_FLOOR = 0.8;

  /**
   * With CBOR the decoder does all of the tokenizer's work, reads every token and checks it. Some
   * 0.43 on a machine with nothing else to do.
   */
  private static final double CBOR_SPEED_FLOOR = 0.3;

  /** What the scanner for plain JSON gains over the parser it stands before: 2.6 to 3.1. */
  private static final double SCANNER_FLOOR = 1.8;

  /** What a tokenizer allocates over what the decoder does: 0.7 is 43% more. */
  private static final double JSON_ALLOCATION_FLOOR = 0.7;

  /** The CBOR parser makes a string of every text that is looked at; a tokenizer looks at none. */
  private static final double CBOR_ALLOCATION_FLOOR = 0.5;

  private CodecBench() {}

  /** Runs the benchmark; takes no arguments. */
  public static void main(String[] args) throws RunnerException, IOException {
    Options options =
        new OptionsBuilder()
            .include(DecodeBenchmark.class.getName())
            .forks(1)
            .warmupIterations(3)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(10)
            .measurementTime(TimeValue.milliseconds(500))
            .timeUnit(TimeUnit.SECONDS)
            .addProfiler(GCProfiler.class)
            .build();
    Map<String, Double> figures = figures(new Runner(options).run());
    Map<String, Double> floors = new TreeMap<>();
    for (Shape shape : Shape.values()) {
      floors.put(speedRatio(shape), shape.isJson() ? JSON_SPEED_FLOOR : CBOR_SPEED_FLOOR);
      if (shape.isJson()) {
        floors.put(scannerRatio(shape), SCANNER_FLOOR);
      }
      floors.put(
          allocationRatio(shape), shape.isJson() ? JSON_ALLOCATION_FLOOR : CBOR_ALLOCATION_FLOOR);
    }
    boolean ok = floors.keySet().stream().allMatch(key -> of(figures, key) >= of(floors, key));
    System.out.println(line(figures, floors, ok));
    System.exit(ok ? 0 : 1);
  }

  private static Map<String, Double> figures(Collection<RunResult> results) {
    Map<String, Double> figures = new TreeMap<>();
    for (Shape shape : Shape.values()) {
      RunResult decoder = find(results, "decode", shape);
      RunResult parser = find(results, "parse", shape);
      RunResult tokenizer = find(results, "tokenize", shape);
      String key = shape.key();
      figures.put(key + "_decoder_packs_per_cpu_second", perSecond(decoder));
      figures.put(key + "_parser_packs_per_cpu_second", perSecond(parser));
      figures.put(key + "_tokenizer_packs_per_cpu_second", perSecond(tokenizer));
      figures.put(speedRatio(shape), perSecond(decoder) / perSecond(tokenizer));
      figures.put(key + "_decoder_bytes_per_reading", allocated(decoder) / shape.readings());
      figures.put(key + "_parser_bytes_per_reading", allocated(parser) / shape.readings());
      figures.put(key + "_tokenizer_bytes_per_reading", allocated(tokenizer) / shape.readings());
      figures.put(scannerRatio(shape), perSecond(decoder) / perSecond(parser));
      figures.put(allocationRatio(shape), allocated(tokenizer) / allocated(decoder));
    }
    return figures;
  }

  private static String speedRatio(Shape shape) {
    return shape.key() + "_decoder_speed_to_tokenizer_speed";
  }

  private static String scannerRatio(Shape shape) {
    return shape.key() + "_decoder_speed_to_parser_speed";
  }

  private static String allocationRatio(Shape shape) {
    return shape.key() + "_tokenizer_bytes_to_decoder_bytes";
  }

  private static RunResult find(Collection<RunResult> results, String method, Shape shape) {
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
        .filter(result -> result.getParams().getParam("shape").equals(shape.name()))
        .findFirst()
        .orElseThrow();
  }

  /** Of CPU time, in the best iteration: what else the machine does can only take time away. */
  private static double perSecond(RunResult result) {
    return of(result.getSecondaryResults(), SPEED).getStatistics().getMax();
  }

  private static double allocated(RunResult result) {
    return of(result.getSecondaryResults(), ALLOCATED).getScore();
  }

  private static <T> T of(Map<String, T> map, String key) {
    return requireNonNull(map.get(key), key);
  }

  private static String line(Map<String, Double> figures, Map<String, Double> floors, boolean ok)
      throws IOException {
    JsonWriter out = new JsonWriter(1024);
    out.raw("{\"name\":\"codec\",\"ok\":").raw(Boolean.toString(ok));
    write(figures, out.raw(",\"figures\":"));
    write(floors, out.raw(",\"floors\":"));
    out.raw(",\"machine\":").string(machine()).raw("}");
    return new String(out.toBytes(), StandardCharsets.UTF_8);
  }

  private static void write(Map<String, Double> numbers, JsonWriter out) {
    String separator = "{";
    for (Map.Entry<String, Double> number : numbers.entrySet()) {
      double rounded = Math.round(number.getValue() * 1000) / 1000.0;
      out.raw(separator).string(number.getKey()).raw(":").number(rounded);
      separator = ",";
    }
    out.raw("}");
  }

  private static String machine() throws IOException {
    return "%d cores, %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(), processor(), Runtime.version().toString());
  }

  private static String processor() throws IOException {
    Path cpuinfo = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(cpuinfo)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
