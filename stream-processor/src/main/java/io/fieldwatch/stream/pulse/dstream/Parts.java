package io.fieldwatch.stream.pulse.dstream;

import io.fieldwatch.stream.pulse.BatchSummary;
import io.fieldwatch.stream.pulse.Hop;
import io.fieldwatch.stream.pulse.HopTimes;
import io.fieldwatch.stream.pulse.Leader;
import io.fieldwatch.stream.pulse.Pulse;
import io.fieldwatch.stream.pulse.Ranking;
import io.fieldwatch.stream.pulse.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * The functions around the window operations: from summaries to what is counted, and from that to a
 * pulse.
 */
final class Parts {
  private Parts() {}

  static final class TotalsOf implements Function<BatchSummary, Totals> {
    private static final long serialVersionUID = 1;

    @Override
    public Totals call(BatchSummary batch) {
      return batch.totals();
    }
  }

  static final class AddTotals implements Function2<Totals, Totals, Totals> {
    private static final long serialVersionUID = 1;

    @Override
    public Totals call(Totals one, Totals other) {
      return one.plus(other);
    }
  }

  static final class TakeTotalsBack implements Function2<Totals, Totals, Totals> {
    private static final long serialVersionUID = 1;

    @Override
    public Totals call(Totals sum, Totals leaving) {
      return sum.minus(leaving);
    }
  }

  static final class FromTotals implements Function<JavaRDD<Totals>, JavaRDD<Pulse>> {
    private static final long serialVersionUID = 1;

    @Override
    public JavaRDD<Pulse> call(JavaRDD<Totals> totals) {
      RunningWindow.endLineage(totals.rdd());
      return totals.map(new FromTotal());
    }
  }

  private static final class FromTotal implements Function<Totals, Pulse> {
    private static final long serialVersionUID = 1;

    @Override
    public Pulse call(Totals totals) {
      return Pulse.ofTotals(totals);
    }
  }

  static final class HopsOf implements Function<BatchSummary, HopTimes> {
    private static final long serialVersionUID = 1;

    @Override
    public HopTimes call(BatchSummary batch) {
      return batch.hops();
    }
  }

  static final class FromHops implements FlatMapFunction<Iterator<HopTimes>, Pulse> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<Pulse> call(Iterator<HopTimes> batches) {
      HopTimes sum = HopTimes.NONE;
      while (batches.hasNext()) {
        sum = sum.plus(batches.next());
      }
      return List.of(Pulse.ofHops(sum)).iterator();
    }
  }

  /** The slowest hop of each batch. */
  static final class SlowestOf implements FlatMapFunction<BatchSummary, String> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<String> call(BatchSummary batch) {
      return batch.hops().slowest().map(Hop::code).stream().iterator();
    }
  }

  static final class FromBatchCount implements Function<JavaRDD<Long>, JavaRDD<Pulse>> {
    private static final long serialVersionUID = 1;

    @Override
    public JavaRDD<Pulse> call(JavaRDD<Long> count) {
      RunningWindow.endLineage(count.rdd());
      return count.map(new FromCount());
    }
  }

  private static final class FromCount implements Function<Long, Pulse> {
    private static final long serialVersionUID = 1;

    @Override
    public Pulse call(Long count) {
      return Pulse.ofBatches(count);
    }
  }

  static final class Add implements Function2<Long, Long, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public Long call(Long one, Long other) {
      return one + other;
    }
  }

  static final class TakeBack implements Function2<Long, Long, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public Long call(Long sum, Long leaving) {
      return sum - leaving;
    }
  }

  /** Whether anything is left; else the window would keep every name it ever saw. */
  static final class IsCounted implements Function<Tuple2<String, Long>, Boolean> {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean call(Tuple2<String, Long> count) {
      return count._2() != 0;
    }
  }

  /** One of the two kinds of counts in a summary, without a shuffle. */
  enum Counted {
    FLAGGED_BY_DEVICE {
      @Override
      Map<String, Long> of(BatchSummary batch) {
        return batch.flaggedByDevice();
      }
    },
    REFUSED_BY_REASON {
      @Override
      Map<String, Long> of(BatchSummary batch) {
        return batch.refusedByReason();
      }
    };

    abstract Map<String, Long> of(BatchSummary batch);
  }

  static final class CountsOf
      implements Function<JavaRDD<BatchSummary>, JavaPairRDD<String, Long>> {
    private static final long serialVersionUID = 1;

    private final Counted counted;

    CountsOf(Counted counted) {
      this.counted = counted;
    }

    @Override
    public JavaPairRDD<String, Long> call(JavaRDD<BatchSummary> batches) {
      return batches.mapPartitionsToPair(new PairsOf(counted), true);
    }
  }

  private static final class PairsOf
      implements PairFlatMapFunction<Iterator<BatchSummary>, String, Long> {
    private static final long serialVersionUID = 1;

    private final Counted counted;

    PairsOf(Counted counted) {
      this.counted = counted;
    }

    @Override
    public Iterator<Tuple2<String, Long>> call(Iterator<BatchSummary> batches) {
      List<Tuple2<String, Long>> pairs = new ArrayList<>();
      while (batches.hasNext()) {
        counted.of(batches.next()).forEach((name, count) -> pairs.add(new Tuple2<>(name, count)));
      }
      return pairs.iterator();
    }
  }

  /** What the counts of a window are for. */
  enum Use {
    SLOWEST {
      @Override
      Pulse pulse(Iterator<Tuple2<String, Long>> counts, int places) {
        return Pulse.ofSlowest(map(counts));
      }
    },
    REFUSALS {
      @Override
      Pulse pulse(Iterator<Tuple2<String, Long>> counts, int places) {
        return Pulse.ofRefusals(map(counts));
      }
    },
    LEADERS {
      @Override
      Pulse pulse(Iterator<Tuple2<String, Long>> counts, int places) {
        return Pulse.ofLeaders(ranking(counts, places));
      }
    },
    SHORT_LEADERS {
      @Override
      Pulse pulse(Iterator<Tuple2<String, Long>> counts, int places) {
        return Pulse.ofShortLeaders(ranking(counts, places));
      }
    };

    abstract Pulse pulse(Iterator<Tuple2<String, Long>> counts, int places);

    private static Map<String, Long> map(Iterator<Tuple2<String, Long>> counts) {
      Map<String, Long> map = new HashMap<>();
      counts.forEachRemaining(count -> map.put(count._1(), count._2()));
      return map;
    }

    private static List<Leader> ranking(Iterator<Tuple2<String, Long>> counts, int places) {
      Ranking ranking = new Ranking(places);
      counts.forEachRemaining(count -> ranking.add(count._1(), count._2()));
      return ranking.leaders();
    }
  }

  static final class FromCounts implements Function<JavaPairRDD<String, Long>, JavaRDD<Pulse>> {
    private static final long serialVersionUID = 1;

    private final Use use;
    private final int places;

    /**
     * @param places how many of the counts have a place, where they are ranked
     */
    FromCounts(Use use, int places) {
      this.use = use;
      this.places = places;
    }

    @Override
    public JavaRDD<Pulse> call(JavaPairRDD<String, Long> counts) {
      RunningWindow.endLineage(counts.rdd());
      return counts.mapPartitions(new FromPairs(use, places));
    }
  }

  private static final class FromPairs
      implements FlatMapFunction<Iterator<Tuple2<String, Long>>, Pulse> {
    private static final long serialVersionUID = 1;

    private final Use use;
    private final int places;

    FromPairs(Use use, int places) {
      this.use = use;
      this.places = places;
    }

    @Override
    public Iterator<Pulse> call(Iterator<Tuple2<String, Long>> counts) {
      return List.of(use.pulse(counts, places)).iterator();
    }
  }

  /** Has one task find all parts of a pulse. */
  static final class InOneTask implements Function<JavaRDD<Pulse>, JavaRDD<Pulse>> {
    private static final long serialVersionUID = 1;

    @Override
    public JavaRDD<Pulse> call(JavaRDD<Pulse> parts) {
      return parts.coalesce(1);
    }
  }

  /** Keeps a slide apart from the RDDs of its batches, which it would carry into every window. */
  static final class Slide implements Function<JavaRDD<BatchSummary>, JavaRDD<BatchSummary>> {
    private static final long serialVersionUID = 1;

    @Override
    public JavaRDD<BatchSummary> call(JavaRDD<BatchSummary> batches) {
      batches.rdd().localCheckpoint();
      return batches;
    }
  }
}
