package io.fieldwatch.agent.spool;

import io.fieldwatch.reading.PackId;

/** Makes the bytes of a pack once its identity is known. */
@FunctionalInterface
public interface PackEncoder {
  /** Called under the spool's lock, once per append: must not block. */
  byte[] encode(PackId id);
}
