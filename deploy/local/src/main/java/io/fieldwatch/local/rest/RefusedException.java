package io.fieldwatch.local.rest;

import java.io.IOException;
import java.net.http.HttpRequest;

/** A server answered that it will not; the message has its words. */
public final class RefusedException extends IOException {
  private static final int BAD_REQUEST = 400;

  private final int status;

  RefusedException(HttpRequest request, int status, String words) {
    super(
        "Cannot %s %s: HTTP %d, %s"
            .formatted(request.method(), request.uri(), status, words.strip()));
    this.status = status;
  }

  /** Whether the request itself is wrong, so that another try would end the same. */
  public boolean isForGood() {
    return status == BAD_REQUEST;
  }
}
