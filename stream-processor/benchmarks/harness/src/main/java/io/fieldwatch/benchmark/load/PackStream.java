package io.fieldwatch.benchmark.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * An endless stream of packs in the order in which a fleet sends them, all its clocks agreeing.
 * What is in it is described in {@code stream-processor/benchmarks/README.md}. Not thread safe.
 */
public final class PackStream {
  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(
          Comparator.<Head>comparingLong(head -> head.pack.sentMillis())
              .thenComparing(head -> head.pack.partition()));

  private record Head(Pack pack, PartitionStream rest) {}

  public PackStream(StreamShape shape) {
    List<Fleet> fleets = new ArrayList<>(Fleet.of(shape));
    int rollCalls = fleets.stream().mapToInt(Fleet::size).max().orElseThrow();
    for (int partition = 0; partition < fleets.size(); partition++) {
      PartitionStream stream =
          new PartitionStream(shape, partition, fleets.get(partition), rollCalls);
      heads.add(new Head(stream.next(), stream));
    }
  }

  public Pack next() {
    Head head = heads.remove();
    heads.add(new Head(head.rest.next(), head.rest));
    return head.pack;
  }
}
