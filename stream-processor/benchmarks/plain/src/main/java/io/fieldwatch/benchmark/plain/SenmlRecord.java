package io.fieldwatch.benchmark.plain;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/** A record of a pack as it stands in the JSON; null is what the record does not say. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
@JsonIgnoreProperties(ignoreUnknown = true)
final class SenmlRecord {
  @Nullable String bn;
  double bt;
  @Nullable String epoch;
  long seq;
  @Nullable String n;
  double t;
  @Nullable Double v;
}
