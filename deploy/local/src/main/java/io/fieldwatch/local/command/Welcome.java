package io.fieldwatch.local.command;

import io.fieldwatch.local.stack.Endpoints;
import io.fieldwatch.local.stack.Stack;
import java.util.ArrayList;
import java.util.List;

/** What a user needs to know once the stack runs. */
final class Welcome {
  private Welcome() {}

  static List<String> lines(Stack stack) {
    Endpoints endpoints = stack.endpoints();
    return List.of(
        "",
        "  MQTT broker    " + endpoints.mqtt() + "   (publish to fieldwatch/SITE/DEVICE/telemetry)",
        "  Kafka          " + endpoints.kafkaBootstrap(),
        "  Kafka Connect  " + endpoints.connect(),
        "  HDFS           " + endpoints.hdfs() + "   (state: " + endpoints.nameNodeHttp() + "/jmx)",
        "  InfluxDB       " + endpoints.influxDb() + "   (database fieldwatch)",
        "  Logs           " + stack.data().path().resolve("logs"),
        "",
        "  Grafana: add an InfluxDB data source (InfluxQL) with URL " + endpoints.influxDb() + ",",
        "  database fieldwatch, method POST and min time interval 10s, no user; or provision the",
        "  data source and the dashboards from the folder dashboards/ of this tree.",
        "",
        "  In another terminal: ./fieldwatch status | tail readings | audit.  Ctrl-C stops all.",
        "");
  }

  /** Of a stack with a Spark cluster, on which nothing runs yet. */
  static List<String> clusterLines(Stack stack) {
    List<String> lines = new ArrayList<>(lines(stack));
    lines.add("  Spark Master   " + stack.endpoints().sparkMasterHttp());
    lines.add("  Submit the job from another terminal: ./fieldwatch cluster submit");
    lines.add("");
    return lines;
  }
}
