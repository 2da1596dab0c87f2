package io.fieldwatch.local.stack;

import java.time.Duration;
import java.util.List;

/** Tells several listeners. */
record StackListeners(List<StackListener> listeners) implements StackListener {
  @Override
  public void starting(Component component) {
    listeners.forEach(listener -> listener.starting(component));
  }

  @Override
  public void ready(Component component, Duration took) {
    listeners.forEach(listener -> listener.ready(component, took));
  }

  @Override
  public void stopped(Component component) {
    listeners.forEach(listener -> listener.stopped(component));
  }

  @Override
  public void died(Component component) {
    listeners.forEach(listener -> listener.died(component));
  }

  @Override
  public void gaveUp(Component component, String reason) {
    listeners.forEach(listener -> listener.gaveUp(component, reason));
  }
}
