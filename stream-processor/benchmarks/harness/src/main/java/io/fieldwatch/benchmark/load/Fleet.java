package io.fieldwatch.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/** The devices of one partition: how popular each is, and the seq of its next pack. */
final class Fleet {
  private static final double EXPONENT = 0.8;

  private final int[] devices;
  private final double[] cumulative;
  private final int[] seqs;

  private Fleet(int[] devices) {
    this.devices = devices;
    this.seqs = new int[devices.length];
    this.cumulative = new double[devices.length];
    double sum = 0;
    for (int i = 0; i < devices.length; i++) {
      sum += Math.pow(devices[i] + 1.0, -EXPONENT);
      cumulative[i] = sum;
    }
  }

  /** One fleet for each partition; device 0 is the most popular of all. */
  static List<Fleet> of(StreamShape shape) {
    return IntStream.range(0, shape.partitions())
        .mapToObj(
            partition ->
                new Fleet(
                    IntStream.range(0, shape.devices())
                        .filter(device -> partitionOf(device, shape.partitions()) == partition)
                        .toArray()))
        .toList();
  }

  static String key(int device) {
    return "bench/d-%06d".formatted(device);
  }

  int size() {
    return devices.length;
  }

  String keyAt(int index) {
    return key(devices[index]);
  }

  int nextSeq(int index) {
    return ++seqs[index];
  }

  /** Some device, a popular one more often (Zipf). */
  int draw(SplittableRandom random) {
    int at = Arrays.binarySearch(cumulative, random.nextDouble(cumulative[size() - 1]));
    return Math.min(size() - 1, at < 0 ? -at - 1 : at);
  }

  /** Where Kafka's own partitioner puts the device, which the job insists on. */
  private static int partitionOf(int device, int partitions) {
    return Utils.toPositive(Utils.murmur2(key(device).getBytes(UTF_8))) % partitions;
  }
}
