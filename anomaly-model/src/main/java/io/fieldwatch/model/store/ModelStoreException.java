package io.fieldwatch.model.store;

import java.io.IOException;

/** What cannot be done with the models there are. The message is a sentence for people. */
public final class ModelStoreException extends IOException {
  private static final long serialVersionUID = 1;

  ModelStoreException(String message) {
    super(message);
  }

  ModelStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
