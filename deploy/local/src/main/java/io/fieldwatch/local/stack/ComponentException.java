package io.fieldwatch.local.stack;

import java.io.IOException;

/** A component that could not be started or kept up; the message ends with the end of its log. */
public final class ComponentException extends IOException {
  ComponentException(String message, Throwable cause) {
    super(message, cause);
  }

  ComponentException(String message) {
    super(message);
  }
}
