package io.fieldwatch.stream.influx;

import io.fieldwatch.stream.config.StreamConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBException;
import org.influxdb.InfluxDBFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers points to InfluxDB and returns when every one is stored or refused. Thread safe; a call
 * blocks its thread for as long as the server is away, which is what holds the data back in Kafka.
 *
 * <p>influxdb-java carries the requests; its batching is not used, because it would answer before
 * the server has. What to do is decided by the HTTP status: 400 means that some points are bad, so
 * the rest is found by halving; 413 that there were too many; anything else that is no success is
 * the server's or the operator's to mend, so it is tried again with growing pauses. Points are full
 * values under a lasting identity, so sending one twice does no harm.
 */
public final class InfluxWriter implements PointWriter {
  private static final Logger log = LoggerFactory.getLogger(InfluxWriter.class);
  private static final int MAX_POINTS_PER_REQUEST = 5_000;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int NO_ANSWER = 0;

  private final InfluxDB influx;
  private final String database;
  private final String retentionPolicy;
  private final Runnable afterRequest;
  private final ThreadLocal<Integer> lastStatus = ThreadLocal.withInitial(() -> NO_ANSWER);

  public InfluxWriter(StreamConfig.Influx config) {
    this(config, () -> {});
  }

  /**
   * @param afterRequest is called on the writing thread after every request that InfluxDB took; an
   *     exception from it goes to the caller
   */
  public InfluxWriter(StreamConfig.Influx config, Runnable afterRequest) {
    this.afterRequest = afterRequest;
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(5))
            .readTimeout(Duration.ofSeconds(30))
            .addInterceptor(
                chain -> {
                  lastStatus.set(NO_ANSWER);
                  Response response = chain.proceed(chain.request());
                  lastStatus.set(response.code());
                  return response;
                });
    if (config.login() != null) {
      http.addInterceptor(new PasswordFile(config.login()));
    }
    this.influx = InfluxDBFactory.connect(config.url().toString(), http);
    this.database = config.database();
    this.retentionPolicy = config.retentionPolicy();
  }

  @Override
  public List<Refused> write(Lines lines) throws InterruptedException {
    List<Refused> refused = new ArrayList<>(0);
    for (int from = 0; from < lines.size(); from += MAX_POINTS_PER_REQUEST) {
      write(lines, from, Math.min(lines.size(), from + MAX_POINTS_PER_REQUEST), refused);
    }
    return refused;
  }

  @Override
  public void close() {
    influx.close();
  }

  private void write(Lines lines, int from, int to, List<Refused> refused)
      throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        influx.write(
            database,
            retentionPolicy,
            InfluxDB.ConsistencyLevel.ONE,
            TimeUnit.MILLISECONDS,
            lines.slice(from, to));
        afterRequest.run();
        return;
      } catch (InfluxDBException e) {
        int status = lastStatus.get();
        boolean badPoints = status == BAD_REQUEST || status == TOO_LARGE;
        if (badPoints && to - from == 1) {
          refused.add(new Refused(lines.slice(from, to), String.valueOf(e.getMessage())));
          return;
        }
        if (badPoints) {
          int middle = (from + to) >>> 1;
          write(lines, from, middle, refused);
          write(lines, middle, to, refused);
          return;
        }
        log.warn(
            "Cannot write to InfluxDB, trying again: points={} status={} pause={} reason={}",
            to - from,
            status,
            pause,
            e.getMessage());
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
  }
}
