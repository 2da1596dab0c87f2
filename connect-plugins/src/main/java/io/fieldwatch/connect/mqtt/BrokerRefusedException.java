package io.fieldwatch.connect.mqtt;

/** The broker said something that trying again does not change. The task fails with it. */
final class BrokerRefusedException extends Exception {
  BrokerRefusedException(String message) {
    super(message);
  }

  BrokerRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
