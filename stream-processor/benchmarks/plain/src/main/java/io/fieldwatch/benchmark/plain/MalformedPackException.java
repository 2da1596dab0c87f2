package io.fieldwatch.benchmark.plain;

import java.io.IOException;

/** A message that is no SenML pack with an identity. */
public final class MalformedPackException extends IOException {
  MalformedPackException(String message) {
    super(message);
  }

  MalformedPackException(String message, Throwable cause) {
    super(message, cause);
  }
}
