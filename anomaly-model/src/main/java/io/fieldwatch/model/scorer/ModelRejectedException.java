package io.fieldwatch.model.scorer;

import java.io.IOException;

/** A model file that cannot be honoured. The message is a sentence for people. */
public final class ModelRejectedException extends IOException {
  private static final long serialVersionUID = 1;

  ModelRejectedException(String message) {
    super(message);
  }

  ModelRejectedException(String message, Throwable cause) {
    super(message, cause);
  }
}
